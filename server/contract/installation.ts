import { z } from 'zod';
import { JobStatus } from './job.ts';

/** Whether something is as it should be; `text` says what to do where it is not. */
export const HealthItem = z.object({
  code: z.string(),
  level: z.enum(['good', 'warning', 'fault']),
  text: z.string(),
});
export type HealthItem = z.infer<typeof HealthItem>;

/** The state of an installation on one page. No personal data. */
export const Installation = z.object({
  version: z.string(),
  node: z.string(),
  engine: z.object({
    kind: z.enum(['embedded', 'native']),
    postgresql: z.string(),
    postgis: z.string(),
    embedded: z
      .object({ exceptions: z.number(), runaway: z.number(), recycled: z.number() })
      .nullable()
      .meta({ description: 'faults of the embedded engine that were caught since the start' }),
  }),
  started_at: z.string(),
  uptime_s: z.number().int(),
  area: z.string().nullable().meta({ description: 'null: no administrator has been made yet' }),
  migrations: z.object({ done: z.number().int(), last: z.string() }),
  land: z.object({
    demonstration: z.boolean().nullable().meta({ description: 'null: there is no land' }),
    counties: z.number().int(),
    versions: z.number().int(),
  }),
  storage: z.object({
    database_bytes: z.number(),
    files: z.number().int(),
    file_bytes: z.number(),
    disk_free_bytes: z.number().nullable(),
    disk_bytes: z.number().nullable(),
  }),
  connections: z.object({ used: z.number().int(), free: z.number().int(), waiting: z.number().int() }),
  people: z.object({ accounts: z.number().int(), sessions: z.number().int() }),
  checks: z.number().int().meta({ description: 'answers that have not expired' }),
  jobs: z.array(z.object({ kind: z.string(), status: JobStatus, jobs: z.number().int() })),
  oldest_due_job_s: z.number().nullable().meta({ description: 'how long the oldest job that is due waits' }),
  last_backup_at: z.string().nullable(),
  last_audit_verification_at: z.string().nullable(),
  health: z.array(HealthItem),
});
export type Installation = z.infer<typeof Installation>;
