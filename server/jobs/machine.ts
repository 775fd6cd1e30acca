import type { JobStatus } from '../contract/index.ts';
import type { ProblemCode } from '../problems.ts';

/** What decides how a job goes on. */
export interface JobState {
  status: JobStatus;
  /** claims since the job last got further */
  attempts: number;
  max_attempts: number;
  cancel_requested: boolean;
}

export type JobEvent =
  /** a worker takes a job that waits, or one whose worker has said nothing for the length of a lease */
  | 'claim'
  | 'succeed'
  /** it failed in a way that another try may not */
  | 'fail_passing'
  | 'fail'
  /** it gave way to a request for its end */
  | 'abort'
  /** the server stops in order */
  | 'release'
  /** somebody asks for its end */
  | 'cancel'
  /** somebody asks for another try */
  | 'retry';

export interface JobChange {
  status: JobStatus;
  attempts: number;
  cancel_requested: boolean;
  /** why the queue itself ends the job */
  problem?: ProblemCode;
}

/** What becomes of a job; null: the event does not concern a job in this state. */
export function decide(job: JobState, event: JobEvent): JobChange | null {
  const { status, attempts, cancel_requested } = job;
  const to = (next: JobStatus, rest: Partial<JobChange> = {}): JobChange => ({
    status: next,
    attempts,
    cancel_requested,
    ...rest,
  });
  switch (status) {
    case 'queued':
      if (event === 'claim') return to('running', { attempts: attempts + 1 });
      return event === 'cancel' ? to('cancelled', { cancel_requested: true }) : null;
    case 'running':
      return whileRunning(job, event, to);
    case 'failed':
    case 'cancelled':
      return event === 'retry' ? to('queued', { attempts: 0, cancel_requested: false }) : null;
    case 'succeeded':
      return null;
  }
}

type To = (next: JobStatus, rest?: Partial<JobChange>) => JobChange;

function whileRunning(job: JobState, event: JobEvent, to: To): JobChange | null {
  const { attempts, max_attempts, cancel_requested } = job;
  const isLast = attempts >= max_attempts;
  switch (event) {
    case 'succeed':
      return to('succeeded');
    case 'cancel':
      return to('running', { cancel_requested: true });
    case 'abort':
      return to('cancelled', { cancel_requested: true });
    case 'fail':
      return to('failed');
    case 'fail_passing':
      if (cancel_requested) return to('cancelled');
      return isLast ? to('failed') : to('queued');
    case 'release':
      return cancel_requested ? to('cancelled') : to('queued', { attempts: Math.max(0, attempts - 1) });
    case 'claim':
      if (cancel_requested) return to('cancelled');
      return isLast ? to('failed', { problem: 'job_crashed' }) : to('running', { attempts: attempts + 1 });
    case 'retry':
      return null;
  }
}

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * How long a job waits after its `attempts`-th failed try, ms: doubled each time, of which a random half is taken away
 * (equal jitter), so that jobs which failed together do not come back together. `random` from 0 to 1.
 */
export function backoffMs(attempts: number, random: number): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, Math.min(attempts, 30) - 1));
  return Math.round(full / 2 + (full / 2) * random);
}
