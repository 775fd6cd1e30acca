import type { Knex } from 'knex';
import type { FileFilter, FilePurpose, FileStatus } from '../contract/index.ts';
import { query } from '../db/index.ts';
import type { CheckedFile, StoredProblem } from './types.ts';

export interface FileRow {
  /** bigint, as text */
  id: string;
  division_code: string;
  account_id: string | null;
  purpose: FilePurpose;
  name: string;
  media_type: string;
  bytes: string;
  /** hexadecimal */
  sha256: string;
  picture_sha256: string | null;
  status: FileStatus;
  problem: StoredProblem | null;
  created_at: Date;
}

const COLUMNS = `id, division_code, account_id, purpose, name, media_type, bytes, encode(sha256, 'hex') as sha256,
  encode(picture_sha256, 'hex') as picture_sha256, status, problem, created_at`;
const hash = (hex: string | null) => (hex === null ? null : Buffer.from(hex, 'hex'));

export async function insertFile(
  db: Knex,
  file: CheckedFile & { division_code: string; account_id: string },
): Promise<FileRow> {
  const [row] = await query<FileRow>(
    db,
    `insert into stored_file (division_code, account_id, purpose, name, media_type, bytes, sha256, picture_sha256, status, checked_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, case when ? = 'accepted' then now() end) returning ${COLUMNS}`,
    [
      file.division_code,
      file.account_id,
      file.purpose,
      file.name,
      file.media_type,
      file.bytes,
      hash(file.sha256),
      hash(file.picture_sha256),
      file.status,
      file.status,
    ],
  );
  return row!;
}

export async function fileById(db: Knex, id: string): Promise<FileRow | null> {
  const [row] = await query<FileRow>(db, `select ${COLUMNS} from stored_file where id = ?`, [id]);
  return row ?? null;
}

/** One page of what the transaction may see, newest first; one more than `limit` where there are more. */
export async function listFiles(
  db: Knex,
  { purpose, status, division, before, mine }: FileFilter,
  account: string,
  limit: number,
): Promise<FileRow[]> {
  return query<FileRow>(
    db,
    `select ${COLUMNS} from stored_file
     where (?::text is null or purpose = ?) and (?::text is null or status = ?)
       and (?::text is null or starts_with(division_code, ?)) and (?::bigint is null or id < ?)
       and (? or account_id = ?)
     order by id desc limit ?`,
    [
      ...[purpose, status, division, before].flatMap((value) => [value ?? null, value ?? null]),
      mine !== 'true',
      account,
      limit + 1,
    ],
  );
}

/** What an account has uploaded in the last 24 hours, bytes. */
export async function recentBytes(db: Knex, account: string): Promise<number> {
  const [row] = await query<{ bytes: string }>(
    db,
    `select coalesce(sum(bytes), 0) as bytes from stored_file
     where account_id = ? and created_at > now() - interval '24 hours'`,
    [account],
  );
  return Number(row!.bytes);
}

export async function deleteFile(db: Knex, id: string): Promise<boolean> {
  return (await query(db, 'delete from stored_file where id = ? returning id', [id])).length > 0;
}

/** What the check found; as the owner. False: the record is gone, or has been decided on. */
export async function settleFile(
  db: Knex,
  id: string,
  found:
    | { status: 'accepted'; media_type: string; name: string; picture_sha256: string | null }
    | { status: 'rejected'; problem: StoredProblem },
): Promise<boolean> {
  const rows =
    found.status === 'accepted'
      ? await query(
          db,
          `update stored_file set status = 'accepted', checked_at = now(), media_type = ?, name = ?, picture_sha256 = ?
           where id = ? and status = 'quarantine' returning id`,
          [found.media_type, found.name, hash(found.picture_sha256), id],
        )
      : await query(
          db,
          `update stored_file set status = 'rejected', checked_at = now(), problem = ?::jsonb
           where id = ? and status = 'quarantine' returning id`,
          [JSON.stringify(found.problem), id],
        );
  return rows.length > 0;
}
