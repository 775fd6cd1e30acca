import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { FilePurpose } from '../contract/index.ts';
import { FewAtOnce } from '../few_at_once.ts';
import { Problem } from '../problems.ts';
import { storageFault } from '../storage_fault.ts';
import { checkContent, typeOf } from './check_content.ts';
import { KINDS, type KindName } from './detect.ts';
import { safeName } from './file_name.ts';
import { CHECKS_AT_ONCE, CHECKS_WAITING, MAX_BYTES_FOR, MAX_CHECK_AT_ONCE_BYTES } from './limits.ts';
import type { BlobStore } from './storage/types.ts';
import type { CheckedFile, ReceivedFile } from './types.ts';

const ARCHIVES = (['zip', 'kmz', 'xlsx'] as const).flatMap((kind) => KINDS[kind].extensions);
const turns = new FewAtOnce(CHECKS_AT_ONCE, CHECKS_WAITING);

/** What a record says of content of a kind: its type, and the claimed name made harmless. */
export function described(
  kind: KindName,
  file: ReceivedFile,
  extensions: readonly string[] = KINDS[kind].extensions,
): { media_type: string; name: string } {
  const { media_type } = KINDS[kind];
  return { media_type, name: safeName(file.name, extensions, file.sha256.slice(0, 12)) };
}

/**
 * Takes an upload into the store: small ones checked, large ones into quarantine, with their type told from the first
 * bytes. When this resolves the content is safe; a record has to follow, or it is swept away.
 * Throws `file_empty`, `file_too_large`, `storage_full`, `busy`, and those of typeOf and checkContent: then nothing is kept.
 */
export async function takeIn(
  store: BlobStore,
  received: ReceivedFile,
  purpose: Exclude<FilePurpose, 'upload'>,
): Promise<CheckedFile> {
  const file = { ...received, name: received.name.slice(0, 200) };
  checkSize(file, purpose);
  const kind = await typeOf(file, purpose);
  const common = { purpose, bytes: file.bytes, sha256: file.sha256 };
  if (file.bytes > MAX_CHECK_AT_ONCE_BYTES) {
    await putAway(store, file.path, file.sha256);
    // what an archive is, only its whole content tells: until then its name may be that of any
    const extensions = kind === 'zip' ? ARCHIVES : undefined;
    return { ...common, ...described(kind, file, extensions), picture_sha256: null, status: 'quarantine' };
  }
  const { kind: found, picture_sha256 } = await examine(store, file, kind);
  await putAway(store, file.path, file.sha256);
  return { ...common, ...described(found, file), picture_sha256, status: 'accepted' };
}

/** Checks the whole content, a few files at a time, and stores the copy to be shown. */
export async function examine(
  store: BlobStore,
  file: ReceivedFile,
  kind: KindName,
): Promise<{ kind: KindName; picture_sha256: string | null }> {
  const content = await turns.take(() =>
    checkContent(file, kind).catch((error: unknown) => {
      throw storageFault(error);
    }),
  );
  if (content.picture === null) return { kind: content.kind, picture_sha256: null };
  try {
    const picture_sha256 = await hashOf(content.picture);
    await putAway(store, content.picture, picture_sha256);
    return { kind: content.kind, picture_sha256 };
  } finally {
    await rm(content.picture, { force: true });
  }
}

/** Throws `storage_full`. */
export async function putAway(store: BlobStore, path: string, sha256: string): Promise<void> {
  try {
    await store.put(path, sha256);
  } catch (error) {
    throw storageFault(error);
  }
}

function checkSize({ bytes, name }: ReceivedFile, purpose: Exclude<FilePurpose, 'upload'>): void {
  const where = { file: name };
  if (bytes === 0) throw new Problem('file_empty', { params: { file: name }, where });
  if (bytes > MAX_BYTES_FOR[purpose]) {
    const limit = `${MAX_BYTES_FOR[purpose] / 1024 / 1024} MB`;
    throw new Problem('file_too_large', { params: { limit }, where });
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
