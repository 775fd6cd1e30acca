import { useEffect, useRef, useState } from 'react';
import type { Job } from '../../../../server/contract/index.ts';
import { followJob } from '../../../api/jobs.ts';
import { isActive } from './job_words.ts';

/** A job as it stands now, live while it waits or runs; `onEnd` once it has ended. */
export function useFollowed(first: Job, language: string, onEnd?: (job: Job) => void): Job {
  const [news, setNews] = useState<Job | null>(null);
  const end = useRef(onEnd);
  end.current = onEnd;
  const active = isActive(first);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stream speaks the language it was begun in
  useEffect(() => {
    setNews(null);
    if (!active) return;
    return followJob(first.id, (job) => {
      setNews(job);
      if (!isActive(job)) end.current?.(job);
    });
  }, [first.id, active, first.attempts, language]);
  return news ?? first;
}
