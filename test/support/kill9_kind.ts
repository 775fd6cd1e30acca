import { appendAudit } from '../../server/audit/index.ts';
import { extraJobKinds, type JobKind } from '../../server/jobs/index.ts';
import { addEffect, Steps } from './jobs.ts';

/** Loaded before the server that is killed: each step has an effect, an entry in the trail and a checkpoint. */
export const KILL9_KIND: JobKind<Steps> = {
  kind: 'test_kill9',
  title: { zh: '数数', en: 'Counting' },
  input: Steps,
  right: 'jobs.manage',
  maxAttempts: 20,
  run: async ({ step, input, job_id, division_code, checkpoint, who }) => {
    for (let n = ((checkpoint as number | null) ?? 0) + 1; n <= input.steps; n++) {
      await step(
        async (db) => {
          await addEffect(db, job_id, n);
          const entry = {
            action: 'test.step',
            record_kind: 'job',
            record_id: `${job_id}:${n}`,
            division_code,
          };
          await appendAudit(db, who, entry);
        },
        { checkpoint: n, done: n, total: input.steps },
      );
    }
  },
};

extraJobKinds.push(KILL9_KIND as JobKind);
