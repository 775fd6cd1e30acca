import type { Knex } from 'knex';
import type { Who } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import { enqueue } from '../jobs/index.ts';
import { Problem } from '../problems.ts';
import { claimBlob } from './blob_queries.ts';
import type { CheckJob } from './check_job.ts';
import { QUOTA_BYTES } from './limits.ts';
import { type FileRow, insertFile, recentBytes } from './queries.ts';
import type { BlobStore } from './storage/types.ts';
import type { CheckedFile } from './types.ts';

/**
 * Records content that lies in the store, for the person of the transaction, and queues the check of what is in
 * quarantine. Throws `file_quota`, `too_many_jobs`, and `busy` where the sweep was faster.
 */
export async function recordFile(
  db: Knex.Transaction,
  who: Who,
  store: BlobStore,
  file: CheckedFile,
  division_code: string,
  checkJob: CheckJob,
): Promise<FileRow> {
  const account_id = who.actor!.account_id;
  if ((await recentBytes(db, account_id)) + file.bytes > QUOTA_BYTES)
    throw new Problem('file_quota', { params: { limit: `${QUOTA_BYTES / 1024 ** 3} GB` } });
  for (const sha256 of [file.sha256, file.picture_sha256]) {
    if (sha256 === null) continue;
    await claimBlob(db, sha256);
    if ((await store.size(sha256)) === null) throw new Problem('busy');
  }
  const row = await insertFile(db, { ...file, division_code, account_id });
  if (file.status === 'quarantine')
    await enqueue(db, checkJob, {
      input: { file_id: row.id },
      division_code,
      account_id,
      token_id: who.actor!.token?.id ?? null,
    });
  await appendAudit(db, who, {
    action: 'file.create',
    record_kind: 'file',
    record_id: row.id,
    division_code,
    right: 'files.write',
    after: { purpose: row.purpose, media_type: row.media_type, bytes: file.bytes, sha256: row.sha256 },
  });
  return row;
}
