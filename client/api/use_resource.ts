import { useCallback, useEffect, useState } from 'react';
import { type Failure, RequestFailed } from './request.ts';

export type Resource<T> =
  | { state: 'loading' }
  | { state: 'ready'; value: T }
  | { state: 'failed'; failure: Failure };

/** Any thrown thing as a {@link Failure}; faults of our own code are thrown on. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof RequestFailed) return thrown.failure;
  throw thrown;
}

/** Loads when `key` changes or `retry` is called; what came before stays until the new answer is there. */
export function useResource<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
): { resource: Resource<T>; retry: () => void } {
  const [resource, setResource] = useState<Resource<T>>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for everything that `load` depends on
  useEffect(() => {
    const abort = new AbortController();
    setResource((before) => (before.state === 'ready' ? before : { state: 'loading' }));
    load(abort.signal).then(
      (value) => setResource({ state: 'ready', value }),
      (thrown: unknown) => {
        if (abort.signal.aborted) return;
        setResource({ state: 'failed', failure: failureOf(thrown) });
      },
    );
    return () => abort.abort();
  }, [key, attempt]);
  const retry = useCallback(() => {
    setResource({ state: 'loading' });
    setAttempt((n) => n + 1);
  }, []);
  useEffect(() => {
    if (resource.state !== 'failed') return;
    window.addEventListener('cunma:ready', retry);
    return () => window.removeEventListener('cunma:ready', retry);
  }, [resource.state, retry]);
  return { resource, retry };
}
