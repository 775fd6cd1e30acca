import type { Job } from '../../../../server/contract/index.ts';
import { useAdminText } from '../admin_text.ts';
import { statusClass } from './job_words.ts';

/** How far a job is: in words, and as a bar while it runs. */
export function JobProgress({ job }: { job: Job }) {
  const { t } = useAdminText();
  const { done, total } = job.progress;
  const known = total !== null && total > 0;
  return (
    <div className="job-progress">
      <span className={statusClass[job.status]} data-testid="job-status" data-status={job.status}>
        {t(`jobs.status.${job.status}`)}
      </span>
      {job.cancel_requested && job.status === 'running' && (
        <span className="quiet">{t('jobs.cancelling')}</span>
      )}
      {job.status === 'running' && (
        <>
          <progress aria-label={job.title} {...(known ? { value: done, max: total } : {})} />
          {known && <small>{t('jobs.progress', { done, total })}</small>}
        </>
      )}
    </div>
  );
}
