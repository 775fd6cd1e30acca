import type { z } from 'zod';
import { appendAudit } from '../audit/index.ts';
import { BackupList, Job } from '../contract/index.ts';
import { type Call, type Endpoint, endpoint, Reply } from '../http/index.ts';
import { enqueue, findJob, showJob } from '../jobs/index.ts';
import { Problem } from '../problems.ts';
import { isWithin } from '../rights.ts';
import { type BackupSettings, backupJob } from './backup_job.ts';
import { installationArea } from './row_queries.ts';

/** Sees and starts backups: for whoever manages the installation. What an archive holds never leaves by this way. */
export function recoveryRoutes(settings: BackupSettings, fingerprint: string): Endpoint[] {
  const kind = backupJob(settings);
  return [
    endpoint({
      method: 'get',
      path: '/api/backups',
      summary: 'Backups on the server that were read back and found whole, the newest first.',
      access: 'installation.read',
      reply: BackupList,
      problems: ['forbidden'],
      handle: async ({ db, areas }) => {
        await requireInstallation(db, areas);
        const backups = await settings.folder.list();
        return {
          backups,
          last_good_at: backups[0]?.created_at ?? null,
          key_fingerprint: fingerprint,
          nightly_at: settings.nightlyAt,
        } satisfies BackupList;
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/backups',
      summary: 'Starts a backup: a job that writes an archive into the folder of backups and reads it back.',
      access: 'installation.manage',
      reply: Job,
      status: 201,
      idempotent: true,
      problems: ['forbidden', 'too_many_jobs'],
      handle: async (call) => {
        const job = await start(call);
        return new Reply(job, { status: 201, headers: { Location: `/api/jobs/${job.id}` } });
      },
    }),
  ];

  async function start({
    db,
    who,
    areas,
    language,
  }: Call<unknown, unknown, unknown>): Promise<z.output<typeof Job>> {
    const division_code = await requireInstallation(db, areas);
    const actor = who.actor!;
    const id = await enqueue(db, kind, {
      input: null,
      division_code,
      account_id: actor.account_id,
      token_id: actor.token?.id ?? null,
    });
    await appendAudit(db, who, {
      action: 'backup.start',
      record_kind: 'job',
      record_id: id!,
      division_code,
      right: kind.right,
    });
    const { row, log } = await findJob(db, actor, id!);
    return showJob(row, log, language);
  }
}

/** Backups are the whole installation's: a right in part of it is not enough. */
async function requireInstallation(
  db: Call<unknown, unknown, unknown>['db'],
  areas: readonly string[],
): Promise<string> {
  const area = await installationArea(db);
  if (area === null || !isWithin(area, areas)) throw new Problem('forbidden');
  return area;
}
