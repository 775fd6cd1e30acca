import type { Me } from '../../../server/contract/index.ts';
import { getJobs } from '../../api/me.ts';
import { useResource } from '../../api/use_resource.ts';
import { FailureCard } from '../../components/failure_card.tsx';
import { Link } from '../../components/link.tsx';
import { may } from '../../staff/rights.ts';
import { useStaffText } from '../../staff/staff_text.ts';
import { moment } from '../../text/format.ts';

const SHOWN = 20;

/** Background work that one has started. */
export function JobsCard({ me }: { me: Me }) {
  const { t, language } = useStaffText();
  const { resource, retry } = useResource(`jobs ${language}`, (signal) => getJobs(SHOWN, signal));
  const own =
    resource.state === 'ready' ? resource.value.filter(({ account }) => account?.id === me.account.id) : [];
  return (
    <section className="card" aria-labelledby="jobs" data-testid="jobs">
      <h2 id="jobs">{t('jobs.title')}</h2>
      {resource.state === 'loading' && <div className="skeleton" aria-busy="true" />}
      {resource.state === 'failed' && <FailureCard failure={resource.failure} onRetry={retry} />}
      {resource.state === 'ready' && own.length === 0 && <p className="quiet">{t('jobs.none')}</p>}
      <ul className="rows">
        {own.map((job) => (
          <li key={job.id}>
            <div>
              <strong>{job.title}</strong>
              <small>{moment(job.created_at, language)}</small>
              {job.problem !== null && <small>{job.problem.title}</small>}
            </div>
            <span className={job.status === 'failed' ? 'tag tag-failed' : 'tag'}>
              {t(`jobs.status.${job.status}`)}
            </span>
          </li>
        ))}
      </ul>
      {may(me, 'jobs.read') && (
        <Link href="/admin/jobs" className="button">
          {t('jobs.all')}
        </Link>
      )}
    </section>
  );
}
