import { useEffect, useState } from 'react';
import type { JobStatus } from '../../../../server/contract/index.ts';
import { listJobs } from '../../../api/jobs.ts';
import { Icon } from '../../../components/icon.tsx';
import { useAdminText } from '../admin_text.ts';
import { Empty } from '../parts/empty.tsx';
import { ChoiceField } from '../parts/fields.tsx';
import { Filter } from '../parts/filter.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { OlderButton } from '../parts/older_button.tsx';
import { useOlder } from '../parts/use_older.ts';
import { useAddress } from '../use_address.ts';
import { BackupButton } from './backup_button.tsx';
import { JobRow } from './job_row.tsx';
import { isActive } from './job_words.ts';
import { JOB_STATUS_ORDER } from './status_list.ts';

const LIMIT = 25;
/** A browser opens only six connections to a server: the rest of the list is asked for anew. */
const MOST_LIVE = 2;
const RELOAD_MS = 5_000;

/** Long work of one's areas, the newest first; what runs moves by itself. */
export function JobsPage() {
  const { t, language } = useAdminText();
  const [{ status }, change] = useAddress(['status'] as const);
  const [round, setRound] = useState(0);
  const older = useOlder(`jobs ${status} ${language} ${round}`, async (before, signal) => {
    const wanted = JOB_STATUS_ORDER.find((each) => each === status) ?? null;
    const { jobs, next } = await listJobs(wanted, before, LIMIT, signal);
    return { rows: jobs, next };
  });
  const reload = () => setRound((n) => n + 1);
  const active = older.rows.filter(isActive);
  const live = new Set(active.slice(0, MOST_LIVE).map(({ id }) => id));
  const more = active.length > MOST_LIVE;
  useEffect(() => {
    if (!more) return;
    const timer = setInterval(() => setRound((n) => n + 1), RELOAD_MS);
    return () => clearInterval(timer);
  }, [more]);
  return (
    <>
      <p>{t('jobs.lead')}</p>
      <Filter active={status !== ''}>
        <ChoiceField<JobStatus>
          label={t('jobs.state')}
          value={status as JobStatus | ''}
          any={t('filter.any')}
          options={JOB_STATUS_ORDER.map((value) => ({ value, title: t(`jobs.status.${value}`) }))}
          onChange={(next) => change({ status: next })}
          testId="jobs-status"
        />
      </Filter>
      <div className="row">
        <BackupButton />
        <button type="button" className="button" onClick={reload} data-testid="reload">
          <Icon name="retry" size={20} /> {t('admin.reload')}
        </button>
      </div>
      <Loaded of={older.first}>
        {() => (
          <>
            {older.rows.length === 0 ? (
              <Empty title={t('jobs.empty')} hint={t('jobs.empty_hint')} />
            ) : (
              <ul className="card jobs" data-testid="jobs">
                {older.rows.map((job) => (
                  <JobRow key={job.id} job={job} live={live.has(job.id)} onEnd={reload} />
                ))}
              </ul>
            )}
            <OlderButton of={older} />
          </>
        )}
      </Loaded>
    </>
  );
}
