import { useState } from 'react';
import type { BatchDetail, Job } from '../../../server/contract/index.ts';
import { cancelJob, retryJob } from '../../api/jobs.ts';
import { Icon } from '../../components/icon.tsx';
import { doneOf, isActive, percentDone, statusShown } from '../../inspector/progress.ts';
import { useSeldom } from '../../inspector/use_seldom.ts';
import { Refusal } from '../../staff/refusal.tsx';
import { mayIn } from '../../staff/rights.ts';
import { useMe } from '../../staff/session.tsx';
import { useTask } from '../../staff/use_task.ts';
import { ConfirmDialog } from '../admin/parts/confirm_dialog.tsx';
import { batchTag } from './batch_words.ts';
import { useInspectorText } from './inspector_text.ts';

/** Nobody wants to hear every number. */
const HEARD_EVERY_MS = 5_000;
/** In words only once it has ended: until then it is the share that is told. */
const ENDED = {
  queued: 'cancelled',
  running: 'cancelled',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
} as const;

/** How far a batch is, live; to stop it, and to go on with what is still waiting. */
export function BatchProgress(props: { batch: BatchDetail; job: Job | null; onChanged(): void }) {
  const { t } = useInspectorText();
  const me = useMe();
  const task = useTask();
  const [asking, setAsking] = useState(false);
  const { batch, job, onChanged } = props;
  const { job_id } = batch;
  const active = isActive(batch.status);
  const done = doneOf(batch, job);
  const { shapes } = batch.counts;
  const status = statusShown(batch.status, done);
  const heard = useSeldom(percentDone(done, shapes), HEARD_EVERY_MS);
  const may = job_id !== null && (batch.mine || mayIn(me, 'jobs.manage', batch.division_code));
  const resume = () =>
    void task.run(async () => {
      await retryJob(job_id!);
      onChanged();
    });
  return (
    <div className="batch-progress" data-testid="batch-progress" data-status={batch.status}>
      <p className="visually-hidden" role="status">
        {active
          ? t('batch.heard', { percent: heard })
          : t(`batch.ended.${ENDED[batch.status]}`, { done: batch.counts.done, shapes })}
      </p>
      <div className="batch-progress-line">
        <span className={batchTag[status]} data-testid="batch-status">
          {t(`batch.status.${status}`)}
        </span>
        <span data-testid="batch-done">{t('count.done', { done, shapes })}</span>
        {job?.cancel_requested === true && active && <span className="quiet">{t('batch.cancelling')}</span>}
        {active && may && job?.cancel_requested !== true && (
          <button
            type="button"
            className="button danger-quiet"
            onClick={() => setAsking(true)}
            data-testid="cancel-batch"
          >
            <Icon name="close" size={20} /> {t('batch.cancel')}
          </button>
        )}
        {(batch.status === 'failed' || batch.status === 'cancelled') && may && (
          <button
            type="button"
            className="button"
            disabled={task.busy}
            onClick={resume}
            data-testid="resume-batch"
          >
            <Icon name="retry" size={20} /> {t('batch.resume')}
          </button>
        )}
      </div>
      {active && <progress aria-label={t('batch.progress')} value={done} max={Math.max(shapes, 1)} />}
      {!active && batch.status !== 'succeeded' && (
        <div className="refusal" data-testid="batch-unfinished">
          <p className="failure-title">
            <Icon name="warning" />{' '}
            {job?.problem?.title ?? t('batch.unfinished', { n: shapes - batch.counts.done })}
          </p>
          <p>{job?.problem?.detail ?? t('batch.unfinished_text')}</p>
        </div>
      )}
      <Refusal failure={task.failure} />
      {asking && (
        <ConfirmDialog
          title={t('batch.cancel_ask')}
          action={t('batch.cancel')}
          onConfirm={async () => {
            await cancelJob(job_id!);
            onChanged();
          }}
          onClose={() => setAsking(false)}
        >
          <p>{t('batch.cancel_text')}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
