import type { Job, JobList, JobStatus } from '../../server/contract/index.ts';
import { queryString } from './query_string.ts';
import { request, requestLanguage, sendJson } from './request.ts';

const path = (id: string) => `/api/jobs/${encodeURIComponent(id)}`;

/** The newest first; `before`: `next` of the page before. */
export const listJobs = (
  status: JobStatus | null,
  before: string | null,
  limit: number,
  signal?: AbortSignal,
): Promise<JobList> =>
  request(`/api/jobs${queryString({ status, before, limit })}`, signal === undefined ? {} : { signal });

export const getJob = (id: string, signal?: AbortSignal): Promise<Job> =>
  request(path(id), signal === undefined ? {} : { signal });

export const cancelJob = (id: string): Promise<Job> => sendJson('DELETE', path(id));
export const retryJob = (id: string): Promise<Job> => sendJson('POST', `${path(id)}/retry`);

const POLL_MS = 3_000;

/**
 * Tells of every change of a job until it has ended: by server-sent events, and where those do not come through (an old
 * proxy) by asking every three seconds. Answers how to stop.
 */
export function followJob(id: string, onChange: (job: Job) => void): () => void {
  const stopped = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ended = (job: Job) => ['succeeded', 'failed', 'cancelled'].includes(job.status);
  const poll = async () => {
    try {
      const job = await getJob(id, stopped.signal);
      onChange(job);
      if (ended(job)) return;
    } catch {
      // the next time again: the page still shows what was last known
    }
    if (!stopped.signal.aborted) timer = setTimeout(() => void poll(), POLL_MS);
  };
  const events = new EventSource(`${path(id)}/events${queryString({ lang: requestLanguage() })}`);
  events.onmessage = ({ data }: MessageEvent<string>) => {
    const job = JSON.parse(data) as Job;
    onChange(job);
    if (ended(job)) events.close();
  };
  events.onerror = () => {
    // a stream that broke off is taken up again by the browser itself; one that was refused is not
    if (events.readyState === EventSource.CLOSED) void poll();
  };
  return () => {
    stopped.abort();
    clearTimeout(timer);
    events.close();
  };
}
