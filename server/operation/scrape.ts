import type { Database } from '../db/index.ts';
import type { Metrics } from './metrics.ts';
import { poolState } from './pool.ts';
import type { LatestState, State } from './state.ts';

export interface Scraped {
  database(): Database | null;
  bodyBytes(): number;
  requestsUnderWay(): number;
  uploadsUnderWay(): number;
}

/** Registers what is asked for at each scrape. Answers the function that makes the page. */
export function scraper(metrics: Metrics, latest: LatestState, sources: Scraped): () => Promise<string> {
  let state: State | null = null;
  const gauge = (name: string, help: string, read: (state: State) => number | undefined) =>
    metrics.gauge(name, help, () => (state === null ? Number.NaN : (read(state) ?? Number.NaN)));

  metrics.gauge('cunma_requests_under_way', 'Requests that have not been answered yet.', () =>
    sources.requestsUnderWay(),
  );
  metrics.gauge('cunma_uploads_under_way', 'Files that are being sent or read.', () =>
    sources.uploadsUnderWay(),
  );
  metrics.gauge('cunma_body_bytes_under_way', 'Announced size of the bodies under way.', () =>
    sources.bodyBytes(),
  );
  metrics.gauges('cunma_database_connections', 'Connections of the pool.', ['state'], () => {
    const database = sources.database();
    if (database === null) return [];
    return Object.entries(poolState(database.knex)).map(([name, value]) => ({
      labels: { state: name },
      value,
    }));
  });
  metrics.gauges('cunma_embedded_faults', 'Faults of the embedded engine that were caught.', ['kind'], () =>
    Object.entries(sources.database()?.embedded?.counters ?? {}).map(([kind, value]) => ({
      labels: { kind },
      value: value as number,
    })),
  );
  metrics.gauges('cunma_jobs', 'Jobs by kind and status.', ['kind', 'status'], () =>
    (state?.jobs ?? []).map(({ kind, status, jobs }) => ({ labels: { kind, status }, value: jobs })),
  );
  gauge('cunma_job_wait_seconds', 'How long the oldest job that is due waits; 0: none does.', (s) =>
    Math.max(0, s.figures.oldest_due_job_s ?? 0),
  );
  gauge('cunma_last_backup_age_seconds', 'Age of the last good backup; +Inf: there is none.', (s) =>
    s.last_backup_at === null ? Number.POSITIVE_INFINITY : (Date.now() - s.last_backup_at.getTime()) / 1000,
  );
  gauge('cunma_database_bytes', 'Size of the database.', (s) => s.figures.database_bytes);
  gauge('cunma_file_bytes', 'Size of the files that people have given.', (s) => s.figures.file_bytes);
  gauge('cunma_disk_free_bytes', 'Free space where the data folder is.', (s) => s.disk?.free);
  gauge('cunma_checks', 'Answers that have not expired.', (s) => s.figures.checks);
  gauge('cunma_accounts', 'Accounts that can sign in.', (s) => s.figures.accounts);
  gauge('cunma_sessions', 'Sessions that have not ended.', (s) => s.figures.sessions);
  gauge(
    'cunma_state_age_seconds',
    'Age of the figures above that come from the database.',
    (s) => (Date.now() - s.read_at) / 1000,
  );
  return async () => {
    state = await latest.get();
    return metrics.registry.metrics();
  };
}
