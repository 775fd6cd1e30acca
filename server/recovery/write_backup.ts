import { existsSync, readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import type { Database } from '../db/index.ts';
import { type InstallationKey, installationKey, keyFile } from '../keys.ts';
import { Problem } from '../problems.ts';
import { VERSION } from '../version.ts';
import { ArchiveWriter } from './archive_writer.ts';
import { dumpDatabase } from './dump.ts';
import { type FileStore, isIntact } from './file_store.ts';
import {
  BACKUP_FORMAT,
  FORMAT_MEMBER,
  KEY_MEMBER,
  MANIFEST_MEMBER,
  type Manifest,
  SIGNATURE_MEMBER,
  signManifest,
} from './manifest.ts';
import { fileMember } from './member_names.ts';

export interface BackupOptions {
  passphrase: string | null;
  /** how many rows and files are in the archive so far */
  tell?: (rows: number, files: number) => void;
  signal?: AbortSignal;
}

/** What a backup is made of. */
export interface BackupOf {
  database: Database;
  dataFolder: string;
  files: FileStore;
}

/**
 * Writes one archive of everything into `target`, which is ended: rows, files, the installation's key, and a signed
 * manifest. Rejects with {@link LandChanged} (begin anew), `backup_key_missing`, or the target's error.
 */
export async function writeBackup(of: BackupOf, target: Writable, options: BackupOptions): Promise<Manifest> {
  const file = keyFile(of.dataFolder);
  if (!existsSync(file)) throw new Problem('backup_key_missing', { params: { file } });
  const key = installationKey(of.dataFolder);
  const writer = new ArchiveWriter(target, options.passphrase);
  try {
    const manifest = await fill(of, key, writer, options);
    const bytes = Buffer.from(JSON.stringify(manifest), 'utf8');
    await writer.add(MANIFEST_MEMBER, bytes);
    await writer.add(SIGNATURE_MEMBER, signManifest(bytes, key));
    await writer.finish();
    return manifest;
  } catch (error) {
    await writer.abort(error as Error);
    throw error;
  }
}

async function fill(
  { database, dataFolder, files }: BackupOf,
  key: InstallationKey,
  writer: ArchiveWriter,
  { tell, signal }: BackupOptions,
): Promise<Manifest> {
  const created_at = new Date().toISOString();
  await writer.add(FORMAT_MEMBER, Buffer.from(JSON.stringify({ format: BACKUP_FORMAT }), 'utf8'));
  let rows = 0;
  const { facts: names, ...dumped } = await dumpDatabase(database, writer, {
    facts: (db) => files.names(db),
    tell: (count) => {
      rows = count;
      tell?.(count, 0);
    },
    ...(signal && { signal }),
  });
  const blobs = files.at(dataFolder);
  const missing: string[] = [];
  const wanted = [...new Set(names)].sort();
  for (const [i, name] of wanted.entries()) {
    signal?.throwIfAborted();
    // a content that the disk has lost must not keep the rest from being saved
    const size = (await isIntact(blobs, name)) ? await blobs.size(name) : null;
    if (size === null) missing.push(name);
    else await writer.stream(fileMember(name), size, await blobs.open(name));
    tell?.(rows, i + 1);
  }
  await writer.add(KEY_MEMBER, readFileSync(keyFile(dataFolder)));
  return {
    format: BACKUP_FORMAT,
    created_at,
    app_version: VERSION,
    engine: database.kind,
    public_key: key.publicKey,
    ...dumped,
    files: wanted.length - missing.length,
    missing_files: missing,
    members: [...writer.members],
  };
}
