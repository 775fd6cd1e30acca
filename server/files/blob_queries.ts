import type { Knex } from 'knex';
import { query } from '../db/index.ts';

const REFERENCED = (of: string) =>
  `exists (select from stored_file f where f.sha256 = ${of} or f.picture_sha256 = ${of})`;

/**
 * From here to the end of the transaction the sweep leaves this content alone: either there is no mark that it could
 * act on, or it waits for the row; where it was first, this waits, and the content is then gone.
 */
export async function claimBlob(db: Knex, sha256: string): Promise<void> {
  await query(db, 'delete from unreferenced_blob where sha256 = ?', [Buffer.from(sha256, 'hex')]);
}

/** Content that a record has just stopped naming: its time begins anew. The sweep looks for other records that name it. */
export async function releaseBlob(db: Knex, sha256: string): Promise<void> {
  await claimBlob(db, sha256);
  await query(db, 'insert into unreferenced_blob (sha256) values (?) on conflict do nothing', [
    Buffer.from(sha256, 'hex'),
  ]);
}

/** Marks what no record names, takes the marks of what one does. As the owner: who sees part of the records must not. */
export async function markBlobs(db: Knex, hashes: readonly string[]): Promise<void> {
  const listed = `select decode(h, 'hex') as sha256 from unnest(?::text[]) as h`;
  await query(
    db,
    `insert into unreferenced_blob (sha256) select sha256 from (${listed}) as b where not ${REFERENCED('b.sha256')}
     on conflict do nothing`,
    [hashes],
  );
}

export async function unmarkReferenced(db: Knex): Promise<void> {
  await query(db, `delete from unreferenced_blob b where ${REFERENCED('b.sha256')}`);
}

/** Some of the content that has had no record for so long, hexadecimal. */
export async function longUnreferenced(db: Knex, hours: number, limit: number): Promise<string[]> {
  const rows = await query<{ sha256: string }>(
    db,
    `select encode(sha256, 'hex') as sha256 from unreferenced_blob b
     where since < now() - make_interval(hours => ?) and not ${REFERENCED('b.sha256')} order by since limit ?`,
    [hours, limit],
  );
  return rows.map(({ sha256 }) => sha256);
}

/** Takes the mark of content that still has no record and holds the row; false: it is needed again, or gone. */
export async function takeUnreferenced(db: Knex, sha256: string, hours: number): Promise<boolean> {
  const rows = await query(
    db,
    `delete from unreferenced_blob b where sha256 = ? and since < now() - make_interval(hours => ?)
       and not ${REFERENCED('b.sha256')} returning sha256`,
    [Buffer.from(sha256, 'hex'), hours],
  );
  return rows.length > 0;
}

/** Content that records name, hexadecimal, in order: what a backup of this snapshot needs. */
export async function referencedBlobs(db: Knex): Promise<string[]> {
  const rows = await query<{ sha256: string }>(
    db,
    `select encode(sha256, 'hex') as sha256 from stored_file
     union select encode(picture_sha256, 'hex') from stored_file where picture_sha256 is not null order by 1`,
  );
  return rows.map(({ sha256 }) => sha256);
}
