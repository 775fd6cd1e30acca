import { expect } from 'chai';
import fc from 'fast-check';
import { JOB_STATUSES } from '../../../server/contract/index.ts';
import { backoffMs, decide, type JobEvent, type JobState } from '../../../server/jobs/machine.ts';

const EVENTS: JobEvent[] = [
  'claim',
  'succeed',
  'fail_passing',
  'fail',
  'abort',
  'release',
  'cancel',
  'retry',
];

/** status, attempts of max 3, is its end asked for? → event → what becomes of it */
const TABLE: [string, number, boolean, JobEvent, string][] = [
  ['queued', 0, false, 'claim', 'running 1'],
  ['queued', 2, false, 'claim', 'running 3'],
  ['queued', 0, false, 'cancel', 'cancelled 0 asked'],
  ['queued', 0, false, 'retry', 'none'],
  ['queued', 0, false, 'succeed', 'none'],
  ['queued', 0, false, 'fail', 'none'],
  ['running', 1, false, 'succeed', 'succeeded 1'],
  ['running', 1, true, 'succeed', 'succeeded 1 asked'],
  ['running', 1, false, 'fail', 'failed 1'],
  ['running', 1, false, 'fail_passing', 'queued 1'],
  ['running', 3, false, 'fail_passing', 'failed 3'],
  ['running', 1, true, 'fail_passing', 'cancelled 1 asked'],
  ['running', 1, false, 'cancel', 'running 1 asked'],
  ['running', 1, true, 'abort', 'cancelled 1 asked'],
  ['running', 2, false, 'release', 'queued 1'],
  ['running', 2, true, 'release', 'cancelled 2 asked'],
  ['running', 2, false, 'claim', 'running 3'],
  ['running', 3, false, 'claim', 'failed 3 job_crashed'],
  ['running', 1, true, 'claim', 'cancelled 1 asked'],
  ['running', 1, false, 'retry', 'none'],
  ['failed', 3, false, 'retry', 'queued 0'],
  ['cancelled', 1, true, 'retry', 'queued 0'],
  ['failed', 3, false, 'claim', 'none'],
  ['failed', 3, false, 'cancel', 'none'],
  ['cancelled', 1, true, 'claim', 'none'],
  ['succeeded', 1, false, 'retry', 'none'],
  ['succeeded', 1, false, 'claim', 'none'],
  ['succeeded', 1, false, 'cancel', 'none'],
];

describe('the states of a job', () => {
  for (const [status, attempts, cancel_requested, event, expected] of TABLE)
    it(`${status}${cancel_requested ? ', its end asked for' : ''}, try ${attempts} of 3: ${event} → ${expected}`, () => {
      const change = decide({ status, attempts, max_attempts: 3, cancel_requested } as JobState, event);
      const told =
        change === null
          ? 'none'
          : [change.status, change.attempts, change.cancel_requested ? 'asked' : '', change.problem ?? '']
              .filter((part) => part !== '')
              .join(' ');
      expect(told).to.equal(expected);
    });

  it('ends after so many claims without getting further, whatever happens between them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.constantFrom<JobEvent>('claim', 'fail_passing', 'claim'), {
          minLength: 30,
          maxLength: 40,
        }),
        (max_attempts, events) => {
          let job: JobState = { status: 'queued', attempts: 0, max_attempts, cancel_requested: false };
          let claims = 0;
          for (const event of events) {
            const change = decide(job, event);
            if (event === 'claim' && change?.status === 'running') claims++;
            if (change) job = { ...job, ...change };
          }
          expect(claims).to.be.at.most(max_attempts);
        },
      ),
    );
  });

  it('never leaves an end but for another try', () => {
    for (const status of JOB_STATUSES.filter((each) => each !== 'queued' && each !== 'running'))
      for (const event of EVENTS.filter((each) => each !== 'retry'))
        expect(decide({ status, attempts: 1, max_attempts: 3, cancel_requested: false }, event)).to.equal(
          null,
        );
  });
});

describe('the wait before another try', () => {
  it('doubles from 2 s to 10 min, of which at most half is left to chance', () => {
    expect([1, 2, 3, 4].map((n) => backoffMs(n, 1))).to.deep.equal([2000, 4000, 8000, 16000]);
    expect([1, 2, 3, 4].map((n) => backoffMs(n, 0))).to.deep.equal([1000, 2000, 4000, 8000]);
    expect(backoffMs(20, 1)).to.equal(600_000);
    expect(backoffMs(1e6, 0)).to.equal(300_000);
  });
});
