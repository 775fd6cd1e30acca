import { z } from 'zod';
import type { JobKind, Schedule } from '../jobs/index.ts';
import { messageText } from '../messages/index.ts';
import type { KeptFile } from './kept.ts';
import { type RetentionState, retentionRules, runRetention } from './retention.ts';

/** Between midnight and the nightly backup, which then no longer holds what was removed. */
const AT = '01:30';
const TIME_ZONE = 'Asia/Shanghai';

/** The daily job that removes what is past its time, by the numbers of the privacy statement. */
export function retentionJob(kept: KeptFile): JobKind {
  const rules = retentionRules(kept);
  return {
    kind: 'retention',
    title: messageText('privacy.retention_title'),
    input: z.strictObject({}),
    right: 'installation.manage',
    maxAttempts: 5,
    asOwner: true,
    run: async ({ checkpoint, step, who, division_code, log }) => {
      const state = await runRetention({
        rules,
        state: checkpoint as RetentionState | null,
        who,
        division_code,
        step: (work) =>
          step(work, (result) => ({
            checkpoint: result,
            done: result.tables_done,
            total: rules.length,
          })),
      });
      if (state.ended === 'put_off') await log(messageText('privacy.retention_put_off'));
      return { removed: state.removed, ended: state.ended };
    },
  };
}

export function retentionSchedule(job: JobKind): Schedule {
  return { kind: job, input: {}, at: AT, timeZone: TIME_ZONE };
}
