import type { ReactNode } from 'react';
import type { HealthItem, Installation } from '../../../../server/contract/index.ts';
import { getInstallation } from '../../../api/installation.ts';
import { useResource } from '../../../api/use_resource.ts';
import { Icon } from '../../../components/icon.tsx';
import type { IconName } from '../../../components/icon_paths.ts';
import { Link } from '../../../components/link.tsx';
import { moment } from '../../../text/format.ts';
import { type AdminT, useAdminText } from '../admin_text.ts';
import { Loaded } from '../parts/loaded.tsx';
import { BackupPanel } from './backup_panel.tsx';
import { lengthOf, sizeWords } from './size_words.ts';

const ICON_OF: Readonly<Record<HealthItem['level'], IconName>> = {
  good: 'clear',
  warning: 'warning',
  fault: 'conflict',
};
/** Where something can be done about a warning. */
const LEADS_TO: Readonly<Record<string, 'jobs' | 'audit'>> = {
  backup_old: 'jobs',
  jobs_failed: 'jobs',
  jobs_wait: 'jobs',
  audit_unverified: 'audit',
};

function agoWords(at: string | null, now: number, t: AdminT, language: string): string {
  if (at === null) return t('status.never');
  const { days, hours, minutes } = lengthOf((now - Date.parse(at)) / 1000);
  const ago =
    days > 0
      ? t('status.days_ago', { n: days })
      : hours > 0
        ? t('status.hours_ago', { n: hours })
        : t('status.minutes_ago', { n: minutes });
  return t('status.at_ago', { at: moment(at, language), ago });
}

function Facts(props: { title: string; facts: [string, ReactNode][]; children?: ReactNode }) {
  return (
    <section className="card">
      <h2>{props.title}</h2>
      <dl className="fact-list">
        {props.facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {props.children}
    </section>
  );
}

function Health({ items }: { items: HealthItem[] }) {
  const { t } = useAdminText();
  return (
    <section className="card" data-testid="health">
      <h2>{t('status.health')}</h2>
      <ul className="health">
        {items.map(({ code, level, text }) => (
          <li key={code} className={`health-${level}`} data-level={level}>
            <Icon name={ICON_OF[level]} />
            <div>
              <b>{t(`status.level.${level}`)}</b> {text}
              {LEADS_TO[code] !== undefined && (
                <p>
                  <Link href={`/admin/${LEADS_TO[code]}`}>{t(`section.${LEADS_TO[code]}`)}</Link>
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function State({ state }: { state: Installation }) {
  const { t, language } = useAdminText();
  const now = Date.now();
  const { engine, land, storage, connections, people } = state;
  const up = lengthOf(state.uptime_s);
  const free =
    storage.disk_free_bytes === null || storage.disk_bytes === null
      ? t('status.unknown')
      : t('status.free_of', {
          free: sizeWords(storage.disk_free_bytes),
          all: sizeWords(storage.disk_bytes),
        });
  const jobsIn = (wanted: string) =>
    state.jobs.filter(({ status }) => status === wanted).reduce((sum, { jobs }) => sum + jobs, 0);
  return (
    <>
      <Health items={state.health} />
      <BackupPanel />
      <div className="status-grid">
        <Facts
          title={t('status.safety')}
          facts={[
            [t('status.last_backup'), agoWords(state.last_backup_at, now, t, language)],
            [t('status.last_verification'), agoWords(state.last_audit_verification_at, now, t, language)],
          ]}
        />
        <Facts
          title={t('section.jobs')}
          facts={[
            [t('jobs.status.running'), jobsIn('running')],
            [t('jobs.status.queued'), jobsIn('queued')],
            [t('jobs.status.failed'), jobsIn('failed')],
          ]}
        />
        <Facts
          title={t('status.land')}
          facts={[
            [t('status.counties'), land.counties],
            [t('status.versions'), land.versions],
            [
              t('status.land_kind'),
              t(
                land.demonstration === null
                  ? 'status.no_land'
                  : land.demonstration
                    ? 'status.demonstration_land'
                    : 'status.real_land',
              ),
            ],
            [t('status.checks'), state.checks],
          ]}
        />
        <Facts
          title={t('status.storage')}
          facts={[
            [t('status.database'), sizeWords(storage.database_bytes)],
            [
              t('status.files'),
              t('status.files_of', { n: storage.files, size: sizeWords(storage.file_bytes) }),
            ],
            [t('status.disk'), free],
          ]}
        />
        <Facts
          title={t('section.people')}
          facts={[
            [t('status.accounts'), people.accounts],
            [t('status.sessions'), people.sessions],
          ]}
        />
        <Facts
          title={t('status.program')}
          facts={[
            [t('status.version'), state.version],
            [t('status.engine'), t(`status.engine_${engine.kind}`)],
            ['PostgreSQL', engine.postgresql],
            ['PostGIS', engine.postgis],
            ['Node.js', state.node],
            [t('status.uptime'), t('status.uptime_words', { ...up })],
            [
              t('status.connections'),
              t('status.connections_words', {
                used: connections.used,
                free: connections.free,
                waiting: connections.waiting,
              }),
            ],
            [t('status.migrations'), `${state.migrations.done} (${state.migrations.last})`],
          ]}
        />
      </div>
    </>
  );
}

/** How the whole installation is, and what should be done about it. */
export function StatusPage() {
  const { t, language } = useAdminText();
  const state = useResource(`installation ${language}`, getInstallation);
  return (
    <>
      <div className="row">
        <button type="button" className="button" onClick={state.retry} data-testid="reload">
          <Icon name="retry" size={20} /> {t('admin.reload')}
        </button>
      </div>
      <Loaded of={state}>{(value) => <State state={value} />}</Loaded>
    </>
  );
}
