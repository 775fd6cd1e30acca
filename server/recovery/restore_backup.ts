import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Knex } from 'knex';
import { appendAudit, installationArea, OPERATOR, verifyChains } from '../audit/index.ts';
import {
  type Database,
  knownMigrations,
  LOAD_STATEMENT_LIMIT_MS,
  lockFolder,
  migrateExactly,
  openEmbedded,
  openNative,
} from '../db/index.ts';
import { keyFile } from '../keys.ts';
import { Problem } from '../problems.ts';
import { type ArchiveSource, readMembers } from './archive_reader.ts';
import { listTables, migrationsRun } from './catalogue_queries.ts';
import type { FileStore } from './file_store.ts';
import type { Manifest } from './manifest.ts';
import { readMemberName } from './member_names.ts';
import { RestoreRows } from './restore_rows.ts';
import { analyzeAll, endSessionsAndLinks } from './row_queries.ts';
import { finishRestore, requireFreeFolder, StagedFolder } from './staged_folder.ts';
import { type OpenOptions, type Verified, verifyArchive } from './verify_archive.ts';

/** Where a backup is restored to. */
export interface RestorePlace {
  dataFolder: string;
  /** PostgreSQL with PostGIS; null: the embedded engine */
  databaseUrl: string | null;
  files: Pick<FileStore, 'at'>;
  /** what is wrong with the restored database; empty: nothing */
  selfTest: (db: Knex, gridSize: number) => Promise<string[]>;
}

export interface RestoreOptions extends OpenOptions {
  /** rows that are in, of so many */
  tellRows?: (done: number, total: number) => void;
  /** the archive was read and found whole; what follows writes */
  verified?: (verified: Verified) => void;
}

/**
 * Restores an archive into a place that has no data, on either engine, whichever the archive comes from. The whole
 * archive is verified before anything is written, everything that was written is compared with it, and it takes effect
 * at once or not at all. Throws what {@link verifyArchive} does, `restore_place_taken`, `restore_check_failed`,
 * FolderInUse.
 */
export async function restoreBackup(
  source: ArchiveSource,
  place: RestorePlace,
  options: RestoreOptions,
): Promise<Verified> {
  mkdirSync(place.dataFolder, { recursive: true });
  const unlock = await lockFolder(place.dataFolder);
  try {
    await finishRestore(place.dataFolder);
    await requireFreePlace(place, null);
    const verified = await verifyArchive(source, options);
    await requireKnownMigrations(verified.manifest);
    await requireFreePlace(place, verified.key);
    options.verified?.(verified);
    await restoreStaged(source, place, verified, options);
    await finishRestore(place.dataFolder);
    return verified;
  } finally {
    await unlock();
  }
}

async function restoreStaged(
  source: ArchiveSource,
  place: RestorePlace,
  verified: Verified,
  options: RestoreOptions,
): Promise<void> {
  const staged = new StagedFolder(place.dataFolder);
  await staged.begin();
  let database: Database | null = null;
  try {
    writeKey(staged.path, verified.key);
    database = await openPlace(place, staged.path);
    const { gridSize, kind } = database;
    await database.knex.transaction(async (db) => {
      await fill(db, source, staged.path, place, verified.manifest, options);
      const faults = await place.selfTest(db, gridSize);
      if (faults.length > 0)
        throw new Problem('restore_check_failed', { params: { place: faults.join('; ') } });
      // a power cut after this leaves files without rows, which another restore takes; rows without files it could not mend
      if (kind === 'native') await staged.declareReady();
    });
    await database.knex.transaction(analyzeAll);
    await database.close();
    if (kind === 'embedded') await staged.declareReady();
  } catch (error) {
    await database?.close().catch(() => undefined);
    await staged.discard();
    throw error;
  }
}

/** One transaction: schema as the archive has it, rows, comparison, then what this version's schema has more. */
async function fill(
  db: Knex.Transaction,
  source: ArchiveSource,
  folder: string,
  place: RestorePlace,
  manifest: Manifest,
  options: RestoreOptions,
): Promise<void> {
  await migrateExactly(db, manifest.migrations);
  const rows = await RestoreRows.begin(db, manifest);
  const total = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  const hashes = new Map(manifest.members.map(({ name, sha256 }) => [name, sha256]));
  const blobs = place.files.at(folder);
  let done = 0;
  for await (const member of readMembers(source, options.passphrase)) {
    const kind = readMemberName(member.name);
    if (kind?.kind === 'rows') {
      done += await rows.put(member, kind.table, hashes.get(member.name) ?? '');
      options.tellRows?.(done, total);
    } else if (kind?.kind === 'file') {
      const path = join(folder, 'arriving');
      await pipeline(member.body, createWriteStream(path, { mode: 0o600 }));
      await blobs.put(path, kind.sha256);
    } else for await (const _bytes of member.body);
  }
  await rows.finish(manifest);
  await verifyAudit(db);
  await endSessionsAndLinks(db);
  const known = await knownMigrations();
  await migrateExactly(db, known.slice(manifest.migrations.length));
  await appendAudit(db, OPERATOR, {
    action: 'installation.restore',
    record_kind: 'installation',
    record_id: manifest.created_at,
    division_code: (await installationArea(db)) ?? '00',
    after: { backup_of: manifest.created_at, version: manifest.app_version, engine: manifest.engine },
  });
}

async function verifyAudit(db: Knex.Transaction): Promise<void> {
  for await (const { county_code, fault } of verifyChains(
    (work) => work(db),
    [],
    new AbortController().signal,
  ))
    if (fault !== null)
      throw new Problem('restore_check_failed', {
        params: { place: `audit ${county_code} #${fault.seq} ${fault.kind}` },
      });
}

async function requireKnownMigrations({ migrations }: Manifest): Promise<void> {
  const known = await knownMigrations();
  const what = migrations.find((name, i) => known[i] !== name);
  if (what !== undefined) throw new Problem('backup_newer', { params: { what } });
}

async function requireFreePlace(place: RestorePlace, key: Buffer | null): Promise<void> {
  const { dataFolder, databaseUrl } = place;
  await requireFreeFolder(dataFolder, databaseUrl === null, key);
  if (databaseUrl === null) return;
  const { knex, close } = openNative(databaseUrl);
  try {
    const taken = await knex.transaction(
      async (db) => (await listTables(db)).length + (await migrationsRun(db)).length > 0,
    );
    if (taken)
      throw new Problem('restore_place_taken', {
        params: { place: `DATABASE_URL (${new URL(databaseUrl).pathname.slice(1)})` },
      });
  } finally {
    await close();
  }
}

async function openPlace({ databaseUrl }: RestorePlace, staged: string): Promise<Database> {
  return databaseUrl === null
    ? openEmbedded(staged, { limitMs: LOAD_STATEMENT_LIMIT_MS })
    : openNative(databaseUrl);
}

function writeKey(folder: string, key: Buffer): void {
  const file = keyFile(folder);
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  writeFileSync(file, key, { mode: 0o600, flush: true });
}
