import { z } from 'zod';
import { Job, JobFilter, JobId, JobList, JobRequest } from '../contract/index.ts';
import type { Database } from '../db/index.ts';
import { type Endpoint, endpoint, invalidRequest, Reply } from '../http/index.ts';
import type { Language } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { EVENT_HEADERS, eventStream } from './event_stream.ts';
import { Followers, followJob, heardAll } from './follow_job.ts';
import { MAX_STREAMS, MAX_STREAMS_PER_PERSON, POLL_MS, QUIET_MS } from './limits.ts';
import { cancelJob, findJob, findJobs, type JobFound, retryJob, startJob } from './manage_jobs.ts';
import { showJob } from './show_job.ts';
import type { JobKind } from './types.ts';

const ById = z.object({ id: JobId });

const show = ({ row, log }: JobFound, language: Language) => showJob(row, log, language);

/** What a kind takes, checked as a body is. Throws `invalid_request`. */
function parseInput(kind: JobKind, input: unknown): unknown {
  const { data, error } = kind.input.safeParse(input ?? {});
  if (error) throw invalidRequest(error, input, 'input');
  return data;
}

/** How news of a job reaches a page. */
export interface StreamTimes {
  pollMs: number;
  quietMs: number;
}

export function jobRoutes(
  kinds: readonly JobKind[],
  database: () => Database | null,
  times: StreamTimes = { pollMs: POLL_MS, quietMs: QUIET_MS },
): Endpoint[] {
  const followers = new Followers(MAX_STREAMS, MAX_STREAMS_PER_PERSON);
  return [
    endpoint({
      method: 'get',
      path: '/api/jobs',
      summary: "One's own jobs, and those of the areas in which one may see jobs; the newest first.",
      access: 'signed_in',
      query: JobFilter,
      reply: JobList,
      handle: async ({ db, who, query, language }) => {
        const { rows, next } = await findJobs(db, who.actor!, query);
        return { jobs: rows.map((row) => showJob(row, [], language)), next } satisfies JobList;
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/jobs',
      summary: 'Queues long work. The caller needs the right of its kind in the area.',
      access: 'signed_in',
      body: JobRequest,
      reply: Job,
      status: 201,
      idempotent: true,
      problems: ['job_kind_unknown', 'forbidden', 'too_many_jobs', 'body_too_large'],
      handle: async ({ db, who, body, language }) => {
        const found = await startJob(db, who, body, kinds, parseInput);
        const headers = { Location: `/api/jobs/${found.row.id}` };
        return new Reply(show(found, language), { status: 201, headers });
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/jobs/{id}',
      summary: 'One job with its log.',
      access: 'signed_in',
      params: ById,
      reply: Job,
      problems: ['not_found'],
      handle: async ({ db, who, params, language }) =>
        show(await findJob(db, who.actor!, params.id), language),
    }),
    endpoint({
      method: 'get',
      path: '/api/jobs/{id}/events',
      summary:
        'Server-sent events: the job as it stands, then after each change, until it has ended. 204: you have heard all.',
      access: 'signed_in',
      params: ById,
      reply: 'text/event-stream',
      transaction: false,
      problems: ['not_found', 'too_many_streams'],
      handle: async ({ who, params: { id }, language, lastEventId, signal }) => {
        const open = database();
        if (open === null) throw new Problem('starting');
        const actor = who.actor!;
        const after = /^\d{1,18}$/.test(lastEventId ?? '') ? lastEventId : null;
        const first = await open.knex.transaction((db) => findJob(db, actor, id));
        // a browser comes back to a stream that ended, unless it is told that there is nothing more
        if (heardAll(first, after)) return new Reply(null, { status: 204 });
        followers.take(actor.account_id, signal);
        const news = followJob(first, { database: open, actor, id, after, signal, ...times });
        return new Reply(eventStream(news, language), { headers: EVENT_HEADERS });
      },
    }),
    endpoint({
      method: 'delete',
      path: '/api/jobs/{id}',
      summary: 'Asks for the end of a job: at once where it waits, between two steps where it runs.',
      access: 'signed_in',
      params: ById,
      reply: Job,
      problems: ['not_found', 'forbidden', 'job_ended'],
      handle: async ({ db, who, params, language }) => show(await cancelJob(db, who, params.id), language),
    }),
    endpoint({
      method: 'post',
      path: '/api/jobs/{id}/retry',
      summary: 'Another try of a job that failed or was cancelled, from where it had got to.',
      access: 'signed_in',
      params: ById,
      reply: Job,
      idempotent: true,
      problems: ['not_found', 'forbidden', 'job_not_ended', 'too_many_jobs'],
      handle: async ({ db, who, params, language }) => show(await retryJob(db, who, params.id), language),
    }),
  ];
}
