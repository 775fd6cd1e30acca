import { useCallback, useRef, useState } from 'react';
import type { Datum } from '../../server/contract/index.ts';
import type { Failure } from '../api/request.ts';
import { postUpload } from '../api/uploads.ts';
import { failureOf } from '../api/use_resource.ts';
import { uploadedShapes } from './shapes.ts';
import type { Step } from './workspace.ts';

export type Sending =
  | { state: 'idle' }
  | { state: 'sending'; share: number }
  | { state: 'failed'; failure: Failure; file: File };

export interface Upload {
  sending: Sending;
  send(file: File): Promise<void>;
  /** the file that was sent last, and where its coordinates were said to come from */
  last: { file: File; datum: Datum | null } | null;
}

/**
 * Sends files one after the other. A file that is refused takes the shapes of the file before away: they must not be
 * taken for its own. Where no answer came, what was read before stays.
 */
export function useUpload(datum: Datum | null, fileOnTable: boolean, onStep: (step: Step) => void): Upload {
  const [sending, setSending] = useState<Sending>({ state: 'idle' });
  const last = useRef<Upload['last']>(null);
  const table = useRef(fileOnTable);
  table.current = fileOnTable;
  const send = useCallback(
    async (file: File) => {
      last.current = { file, datum };
      setSending({ state: 'sending', share: 0 });
      try {
        const answer = await postUpload(file, (share) => setSending({ state: 'sending', share }), datum);
        onStep({ do: 'put_file', name: file.name, answer, shapes: uploadedShapes(answer) });
        setSending({ state: 'idle' });
      } catch (thrown) {
        const failure = failureOf(thrown);
        if (failure.kind === 'problem' && table.current) onStep({ do: 'clear_shapes' });
        setSending({ state: 'failed', failure, file });
      }
    },
    [datum, onStep],
  );
  return { sending, send, last: last.current };
}
