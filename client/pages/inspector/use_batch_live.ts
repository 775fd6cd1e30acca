import { useCallback, useEffect, useRef, useState } from 'react';
import type { BatchDetail, Job } from '../../../server/contract/index.ts';
import { followJob } from '../../api/jobs.ts';
import { isActive } from '../../inspector/progress.ts';

const REFRESH_MS = 3_000;

/**
 * Follows a batch while it waits or runs: calls `onNews` every few seconds while there is something new, and once at
 * the end. The job itself can be followed by whoever queued it; a colleague's batch is asked for in turn.
 */
export function useBatchLive(batch: BatchDetail | null, language: string, onNews: () => void): Job | null {
  const [job, setJob] = useState<Job | null>(null);
  const news = useRef(onNews);
  news.current = onNews;
  const active = batch !== null && isActive(batch.status);
  const followed = active && batch.mine ? batch.job_id : null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the stream speaks the language it was begun in
  useEffect(() => {
    if (followed === null) return;
    return followJob(followed, (next) => {
      setJob(next);
      if (!isActive(next.status)) news.current();
    });
  }, [followed, language]);

  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => news.current(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [active]);
  return job;
}

/** A number that grows when something is to be asked for anew. */
export function useRound(): [number, () => void] {
  const [round, setRound] = useState(0);
  return [round, useCallback(() => setRound((n) => n + 1), [])];
}
