import { z } from 'zod';
import { DivisionCode } from './account.ts';

export const JOB_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export const JobStatus = z.enum(JOB_STATUSES);
export type JobStatus = z.infer<typeof JobStatus>;

export const JobId = z.string().regex(/^[1-9]\d{0,17}$/);
const JobKindName = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/);

export const JobRequest = z.strictObject({
  kind: JobKindName,
  input: z.unknown().optional().meta({ description: 'what this kind of work needs' }),
  division_code: DivisionCode.optional().meta({
    description:
      'the area it is about; by default the office, where the right holds there, else the first area',
  }),
});
export type JobRequest = z.infer<typeof JobRequest>;

const Whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.number().int().min(least).max(most));

export const JobFilter = z.object({
  status: JobStatus.optional(),
  kind: JobKindName.optional(),
  limit: Whole(1, 200).optional(),
  before: JobId.optional().meta({ description: '`next` of the page before' }),
});
export type JobFilter = z.infer<typeof JobFilter>;

export const JobProblem = z.object({
  code: z.string(),
  status: z.number().int(),
  title: z.string(),
  detail: z.string(),
});
export type JobProblem = z.infer<typeof JobProblem>;

export const Job = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  status: JobStatus,
  progress: z.object({
    done: z.number().int(),
    total: z.number().int().nullable().meta({ description: 'null: not known yet' }),
  }),
  division_code: z.string(),
  account: z.object({ id: z.string(), name: z.string().nullable() }).nullable().meta({
    description: 'who queued it; null: a schedule. The name is null where the caller may not see the account',
  }),
  created_at: z.string(),
  run_at: z
    .string()
    .meta({ description: 'not before: later than created_at while it waits for another try' }),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  attempts: z.number().int().meta({ description: 'tries since the job last got further' }),
  max_attempts: z.number().int(),
  cancel_requested: z.boolean(),
  result: z.unknown().meta({ description: 'null until it has succeeded' }),
  problem: JobProblem.nullable().meta({ description: 'why it failed, or why it is tried again' }),
  log: z
    .array(z.object({ at: z.string(), text: z.string() }))
    .meta({ description: 'what it told on its way; empty in lists' }),
});
export type Job = z.infer<typeof Job>;

export const JobList = z.object({
  jobs: z.array(Job),
  next: z.string().nullable().meta({ description: '`before` of the next page; null: this was the last' }),
});
export type JobList = z.infer<typeof JobList>;
