import type { Job } from '../contract/index.ts';
import { type Language, localise } from '../messages/index.ts';
import type { JobRow, LogRow } from './queries.ts';

/** A job as the API shows it. */
export function showJob(row: JobRow, log: readonly LogRow[], language: Language): Job {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title[language],
    status: row.status,
    progress: { done: Number(row.done), total: row.total === null ? null : Number(row.total) },
    division_code: row.division_code,
    account: row.account_id === null ? null : { id: row.account_id, name: row.account_name },
    created_at: row.created_at.toISOString(),
    run_at: row.run_at.toISOString(),
    started_at: row.started_at?.toISOString() ?? null,
    ended_at: row.ended_at?.toISOString() ?? null,
    attempts: row.attempts,
    max_attempts: row.max_attempts,
    cancel_requested: row.cancel_requested,
    result: localise(row.result, language) ?? null,
    problem: row.problem === null ? null : localise(row.problem, language),
    log: log.map(({ at, text }) => ({ at: at.toISOString(), text: text[language] })),
  };
}
