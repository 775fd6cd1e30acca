import { useCallback, useState } from 'react';
import type { Failure } from '../api/request.ts';
import { failureOf } from '../api/use_resource.ts';

export interface Task {
  busy: boolean;
  failure: Failure | null;
  /** Does one thing at a time; what `client/api` throws becomes `failure`. Resolves to whether it was done. */
  run(work: () => Promise<void>): Promise<boolean>;
  clear(): void;
}

/** One thing that a button or a form starts: running, failed, or at rest. */
export function useTask(): Task {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = useCallback(async (work: () => Promise<void>) => {
    setBusy(true);
    setFailure(null);
    try {
      await work();
      return true;
    } catch (thrown) {
      setFailure(failureOf(thrown));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  const clear = useCallback(() => setFailure(null), []);
  return { busy, failure, run, clear };
}
