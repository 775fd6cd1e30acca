import { useCallback, useEffect, useRef, useState } from 'react';
import type { NewBatch } from '../../../server/contract/index.ts';
import { type BatchWords, postBatch } from '../../api/batches.ts';
import type { Failure } from '../../api/request.ts';
import { failureOf } from '../../api/use_resource.ts';
import { newKey } from '../../inspector/new_key.ts';

export type Sending =
  | { state: 'idle' }
  | { state: 'sending'; share: number }
  | { state: 'failed'; failure: Failure };

const sameWords = (a: BatchWords, b: BatchWords) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Sends a batch once, however often it is asked to: while one is on its way a second click does nothing, and what is
 * sent again after a lost answer carries the key of the first attempt.
 */
export function useNewBatch(onDone: (batch: NewBatch) => void) {
  const [sending, setSending] = useState<Sending>({ state: 'idle' });
  const attempt = useRef<{ file: File; words: BatchWords; key: string } | null>(null);
  const running = useRef<AbortController | null>(null);
  const done = useRef(onDone);
  done.current = onDone;
  useEffect(() => () => running.current?.abort(), []);

  const send = useCallback(async (file: File, words: BatchWords) => {
    if (running.current !== null) return;
    const abort = new AbortController();
    running.current = abort;
    const last = attempt.current;
    const key = last !== null && last.file === file && sameWords(last.words, words) ? last.key : newKey();
    attempt.current = { file, words, key };
    setSending({ state: 'sending', share: 0 });
    try {
      const batch = await postBatch(
        file,
        words,
        key,
        (share) => setSending({ state: 'sending', share }),
        abort.signal,
      );
      setSending({ state: 'idle' });
      done.current(batch);
    } catch (thrown) {
      if (abort.signal.aborted) setSending({ state: 'idle' });
      else setSending({ state: 'failed', failure: failureOf(thrown) });
    } finally {
      running.current = null;
    }
  }, []);
  const stop = useCallback(() => running.current?.abort(), []);
  const rest = useCallback(() => setSending({ state: 'idle' }), []);
  return { sending, send, stop, rest };
}
