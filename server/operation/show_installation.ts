import type { Installation } from '../contract/index.ts';
import type { Database } from '../db/index.ts';
import { type Language, localise } from '../messages/index.ts';
import { judgeState } from './judge_state.ts';
import { poolState } from './pool.ts';
import type { State } from './state.ts';

export interface ProcessFacts {
  version: string;
  started_at: Date;
}

/** The installation on one page, in the language asked for. */
export function showInstallation(
  state: State,
  database: Database,
  { version, started_at }: ProcessFacts,
  language: Language,
): Installation {
  const { figures, jobs, disk } = state;
  return {
    version,
    node: process.version,
    engine: {
      kind: database.kind,
      postgresql: figures.postgresql,
      postgis: figures.postgis,
      embedded: database.embedded ? { ...database.embedded.counters } : null,
    },
    started_at: started_at.toISOString(),
    uptime_s: Math.floor((Date.now() - started_at.getTime()) / 1000),
    area: figures.area,
    migrations: { done: figures.migrations, last: figures.last_migration },
    land: {
      demonstration: figures.demonstration,
      counties: figures.counties,
      versions: figures.versions,
    },
    storage: {
      database_bytes: figures.database_bytes,
      files: figures.files,
      file_bytes: figures.file_bytes,
      disk_free_bytes: disk?.free ?? null,
      disk_bytes: disk?.size ?? null,
    },
    connections: poolState(database.knex),
    people: { accounts: figures.accounts, sessions: figures.sessions },
    checks: figures.checks,
    jobs,
    oldest_due_job_s: figures.oldest_due_job_s,
    last_backup_at: state.last_backup_at?.toISOString() ?? null,
    last_audit_verification_at: figures.last_audit_verification_at,
    health: localise(judgeState(state, Date.now()), language),
  };
}
