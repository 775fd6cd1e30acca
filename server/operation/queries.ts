import type { Knex } from 'knex';
import type { JobStatus } from '../contract/index.ts';
import { query } from '../db/index.ts';

/** Figures of the whole installation, read by its owner: numbers only. */
export interface Figures {
  postgresql: string;
  postgis: string;
  area: string | null;
  migrations: number;
  last_migration: string;
  demonstration: boolean | null;
  counties: number;
  versions: number;
  database_bytes: number;
  files: number;
  file_bytes: number;
  accounts: number;
  sessions: number;
  checks: number;
  oldest_due_job_s: number | null;
  last_audit_verification_at: string | null;
}

const FIGURES = `
  select current_setting('server_version') as postgresql, postgis_lib_version() as postgis,
    (select area from installation) as area,
    (select count(*)::int from migration) as migrations,
    (select max(name) from migration) as last_migration,
    (select demonstration from land_kind) as demonstration,
    (select count(distinct county_code)::int from layer_version where status = 'published' and county_code <> '000000')
      as counties,
    (select count(*)::int from layer_version where status = 'published') as versions,
    pg_database_size(current_database())::double precision as database_bytes,
    (select count(*)::int from stored_file) as files,
    (select coalesce(sum(bytes), 0)::double precision from stored_file) as file_bytes,
    (select count(*)::int from account where active) as accounts,
    (select count(*)::int from session where ended_at is null and expires_at > now()) as sessions,
    (select count(*)::int from land_check where expires_at > now()) as checks,
    (select extract(epoch from now() - min(run_at))::double precision from job where status = 'queued' and run_at <= now())
      as oldest_due_job_s,
    (select max(at) from audit_entry where action = 'audit.verify') as last_audit_verification_at`;

export async function readFigures(db: Knex): Promise<Figures> {
  const [row] = await query<Figures>(db, FIGURES);
  return row!;
}

export interface JobCount {
  kind: string;
  status: JobStatus;
  jobs: number;
}

export async function countJobs(db: Knex): Promise<JobCount[]> {
  return query<JobCount>(
    db,
    'select kind, status, count(*)::int as jobs from job group by kind, status order by kind, status',
  );
}

/** The area of this installation; null: it has no administrator yet. */
export async function installationArea(db: Knex): Promise<string | null> {
  const [row] = await query<{ area: string }>(db, 'select area from installation');
  return row?.area ?? null;
}
