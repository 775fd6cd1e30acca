import { useCallback, useRef, useState } from 'react';
import type { UploadAnswer } from '../../../server/contract/index.ts';
import type { WorkShape } from '../../check/shapes.ts';
import { type Upload, useUpload } from '../../check/use_upload.ts';
import { useWays, type Ways } from '../../check/use_ways.ts';
import { type Bench, useWorkspace } from '../../check/use_workspace.ts';
import type { Step } from '../../check/workspace.ts';
import type { MapControls } from '../../map/types.ts';

export interface Entry {
  bench: Bench;
  ways: Ways;
  upload: Upload;
  /** the file that was read last, for its remarks */
  report: { name: string; answer: UploadAnswer } | null;
  forgetReport(): void;
}

/**
 * The ways in: files at once, what is set down or typed when it is used. A table of its own (the same as on a village's
 * page) holds what is being entered; `onShapes` gets what has been.
 */
export function useEntry(
  controls: MapControls | null,
  onShapes: (shapes: readonly WorkShape[]) => void,
): Entry {
  const bench = useWorkspace('planner');
  const [report, setReport] = useState<Entry['report']>(null);
  const typed = useRef(false);
  const step = (next: Step) => {
    if (next.do === 'put_shape') return onShapes([next.shape]);
    if (next.do === 'put_file') typed.current = true;
    bench.step(next);
  };
  const own = { ...bench, step };
  const plain = useWays(own, controls);
  const ways: Ways = {
    ...plain,
    close: () => {
      if (typed.current) {
        const { shapes, selected } = bench.work;
        onShapes(shapes.filter(({ id }) => selected.includes(id)));
        bench.step({ do: 'start_anew' });
      }
      typed.current = false;
      plain.close();
    },
  };
  const take = useCallback(
    (next: Step) => {
      if (next.do !== 'put_file') return;
      setReport({ name: next.name, answer: next.answer });
      onShapes(next.shapes);
    },
    [onShapes],
  );
  const forgetReport = useCallback(() => setReport(null), []);
  const plainUpload = useUpload(bench.work.file_datum, false, take);
  const upload: Upload = {
    ...plainUpload,
    send: (file) => {
      // what was noticed in the file before must not be taken for this one's
      forgetReport();
      return plainUpload.send(file);
    },
  };
  return { bench: own, ways, upload, report, forgetReport };
}
