import type { Readable } from 'node:stream';
import type { Knex } from 'knex';
import type { Actor, Who } from '../actor.ts';
import { appendAudit } from '../audit/index.ts';
import type { FileFilter, FileList, StoredFile } from '../contract/index.ts';
import { enterScope } from '../db/index.ts';
import { type Language, localise } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { areasWith } from '../rights.ts';
import { releaseBlob } from './blob_queries.ts';
import { deleteFile, type FileRow, fileById, listFiles } from './queries.ts';
import type { BlobStore } from './storage/types.ts';

const PAGE = 50;

/**
 * Lets the transaction see what a person may read: their own files, and those of the areas where they have files.read.
 * Whoever may only write (a village officer) so still finds what they gave. Throws `forbidden`,
 * `password_change_required`.
 */
export async function enterReading(db: Knex.Transaction, actor: Actor): Promise<void> {
  if (actor.password_change_required) throw new Problem('password_change_required');
  const { token } = actor;
  if (token !== null && !token.rights.includes('files.read') && !token.rights.includes('files.write'))
    throw new Problem('forbidden');
  const areas = areasWith('files.read', actor.assignments, token);
  await enterScope(db, { role: 'cunma_app', account: actor.account_id, areas });
}

export function showFile(row: FileRow, account: string, language: Language): StoredFile {
  const { problem } = row;
  return {
    id: row.id,
    purpose: row.purpose,
    name: row.name,
    media_type: row.media_type,
    bytes: Number(row.bytes),
    sha256: row.sha256,
    status: row.status,
    problem: problem === null ? null : localise(problem, language),
    created_at: row.created_at.toISOString(),
    division_code: row.division_code,
    mine: row.account_id === account,
    picture: row.picture_sha256 !== null,
  };
}

export async function filePage(
  db: Knex.Transaction,
  filter: FileFilter,
  account: string,
  language: Language,
): Promise<FileList> {
  const limit = filter.limit ?? PAGE;
  const rows = await listFiles(db, filter, account, limit);
  return {
    files: rows.slice(0, limit).map((row) => showFile(row, account, language)),
    next: rows.length > limit ? rows[limit - 1]!.id : null,
  };
}

/** Throws `file_unknown`. */
export async function findFile(db: Knex.Transaction, id: string): Promise<FileRow> {
  const row = await fileById(db, id);
  if (row === null) throw new Problem('file_unknown');
  return row;
}

/** The content of a file that has been accepted. Throws `file_unknown`, `file_not_checked`, `file_rejected`. */
export async function openContent(
  db: Knex.Transaction,
  store: BlobStore,
  id: string,
  which: 'original' | 'picture',
): Promise<{ row: FileRow; bytes: number; stream: Readable }> {
  const row = await findFile(db, id);
  if (row.status === 'quarantine') throw new Problem('file_not_checked');
  if (row.status === 'rejected') throw new Problem('file_rejected');
  const sha256 = which === 'original' ? row.sha256 : row.picture_sha256;
  if (sha256 === null) throw new Problem('file_unknown');
  const bytes = await store.size(sha256);
  if (bytes === null) throw new Error(`no content ${sha256} of file ${id}`);
  return { row, bytes, stream: await store.open(sha256) };
}

/** Takes back a file of one's own. Throws `file_unknown`; `forbidden` where it is somebody else's. */
export async function removeFile(db: Knex.Transaction, who: Who, id: string): Promise<void> {
  const row = await findFile(db, id);
  if (row.account_id !== who.actor!.account_id || !(await deleteFile(db, id))) throw new Problem('forbidden');
  for (const sha256 of [row.sha256, row.picture_sha256]) if (sha256 !== null) await releaseBlob(db, sha256);
  await appendAudit(db, who, {
    action: 'file.delete',
    record_kind: 'file',
    record_id: id,
    division_code: row.division_code,
    right: 'files.write',
    before: {
      purpose: row.purpose,
      media_type: row.media_type,
      bytes: Number(row.bytes),
      sha256: row.sha256,
      status: row.status,
    },
  });
}
