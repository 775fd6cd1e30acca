import { useState } from 'react';
import type { Job } from '../../../../server/contract/index.ts';
import { cancelJob, getJob, retryJob } from '../../../api/jobs.ts';
import { useResource } from '../../../api/use_resource.ts';
import { Icon } from '../../../components/icon.tsx';
import { Link } from '../../../components/link.tsx';
import { Refusal } from '../../../staff/refusal.tsx';
import { mayIn } from '../../../staff/rights.ts';
import { useMe } from '../../../staff/session.tsx';
import { useTask } from '../../../staff/use_task.ts';
import { moment } from '../../../text/format.ts';
import { useAdminText } from '../admin_text.ts';
import { changes } from '../audit/changes.ts';
import { fieldWords, valueWords } from '../audit/entry_words.ts';
import { ConfirmDialog } from '../parts/confirm_dialog.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { useSay } from '../parts/notice.tsx';
import { JobProgress } from './job_progress.tsx';
import { isActive, starterWords } from './job_words.ts';
import { useFollowed } from './use_followed.ts';

function JobActions(props: { job: Job; onChanged(job: Job): void }) {
  const { t } = useAdminText();
  const me = useMe();
  const say = useSay();
  const task = useTask();
  const [asking, setAsking] = useState(false);
  const { job, onChanged } = props;
  const mine = job.account?.id === me.account.id;
  if (!mine && !mayIn(me, 'jobs.manage', job.division_code)) return null;
  const retry = () =>
    task.run(async () => {
      onChanged(await retryJob(job.id));
      say(t('jobs.retried', { title: job.title }));
    });
  return (
    <>
      <div className="row">
        {isActive(job) && !job.cancel_requested && (
          <button
            type="button"
            className="button danger-quiet"
            onClick={() => setAsking(true)}
            data-testid="cancel-job"
          >
            <Icon name="close" size={20} /> {t('jobs.cancel')}
          </button>
        )}
        {(job.status === 'failed' || job.status === 'cancelled') && (
          <button
            type="button"
            className="button"
            disabled={task.busy}
            onClick={() => void retry()}
            data-testid="retry-job"
          >
            <Icon name="retry" size={20} /> {t('jobs.retry')}
          </button>
        )}
      </div>
      <Refusal failure={task.failure} />
      {asking && (
        <ConfirmDialog
          title={t('jobs.cancel_ask', { title: job.title })}
          action={t('jobs.cancel')}
          onConfirm={async () => {
            onChanged(await cancelJob(job.id));
            say(t('jobs.cancelled', { title: job.title }));
          }}
          onClose={() => setAsking(false)}
        >
          <p>{t('jobs.cancel_text')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function LiveJob(props: { first: Job }) {
  const { t, language } = useAdminText();
  const [base, setBase] = useState(props.first);
  const job = useFollowed(base, language);
  const times: [string, string | null][] = [
    [t('jobs.created'), job.created_at],
    [t('jobs.started'), job.started_at],
    [t('jobs.ended'), job.ended_at],
  ];
  return (
    <>
      <section className="card" data-testid="job-card">
        <h2>{job.title}</h2>
        <div role="status">
          <JobProgress job={job} />
        </div>
        {job.problem !== null && (
          <div className="refusal" data-testid="job-problem">
            <p className="failure-title">
              <Icon name="warning" /> {job.problem.title}
            </p>
            <p>{job.problem.detail}</p>
          </div>
        )}
        <dl className="fact-list">
          <div>
            <dt>{t('jobs.by')}</dt>
            <dd>{starterWords(job, t)}</dd>
          </div>
          {times.map(([name, at]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{at === null ? t('diff.none') : moment(at, language)}</dd>
            </div>
          ))}
          <div>
            <dt>{t('jobs.attempts')}</dt>
            <dd>{t('jobs.attempts_of', { n: job.attempts, most: job.max_attempts })}</dd>
          </div>
          {changes(null, job.result).map(({ key, after }) => (
            <div key={`result ${key}`}>
              <dt>{t('jobs.result', { name: fieldWords(key, t) })}</dt>
              <dd>{valueWords(after, t)}</dd>
            </div>
          ))}
        </dl>
        <JobActions job={job} onChanged={setBase} />
      </section>
      <section className="card">
        <h2>{t('jobs.log')}</h2>
        {job.log.length === 0 ? (
          <p className="quiet">{t('jobs.no_log')}</p>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by keyboard
          <ol className="job-log" tabIndex={0} aria-label={t('jobs.log')} data-testid="job-log">
            {job.log.map(({ at, text }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a log only grows at its end
              <li key={i}>
                <time dateTime={at}>{moment(at, language)}</time> {text}
              </li>
            ))}
          </ol>
        )}
      </section>
    </>
  );
}

/** One job: how far it is, what it told on its way, and what may be done with it. */
export function JobPage(props: { id: string }) {
  const { t, language } = useAdminText();
  const job = useResource(`job ${props.id} ${language}`, (signal) => getJob(props.id, signal));
  return (
    <>
      <Link href="/admin/jobs" className="back-link">
        <Icon name="back" size={20} /> {t('jobs.back')}
      </Link>
      <Loaded of={job}>{(first) => <LiveJob key={language} first={first} />}</Loaded>
    </>
  );
}
