import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { Problem } from '../problems.ts';
import { type ArchiveSource, type ReadMember, readMembers } from './archive_reader.ts';
import { MAX_MANIFEST_BYTES, MAX_ROWS_MEMBER_BYTES, MAX_SMALL_MEMBER_BYTES } from './limits.ts';
import {
  BACKUP_FORMAT,
  FORMAT_MEMBER,
  Format,
  fingerprintOf,
  KEY_MEMBER,
  MANIFEST_MEMBER,
  type Manifest,
  type Member,
  openManifest,
  SIGNATURE_MEMBER,
  type TableManifest,
} from './manifest.ts';
import { readMemberName } from './member_names.ts';
import { RowDigest } from './row_digest.ts';

export interface OpenOptions {
  passphrase: string | null;
  /** SHA-256 of the public key that must have signed, hexadecimal; null: any */
  fingerprint?: string | null;
  tell?: (bytes: number) => void;
}

/** An archive that was read from end to end and found whole. */
export interface Verified {
  manifest: Manifest;
  fingerprint: string;
  /** PEM, PKCS #8 */
  key: Buffer;
}

interface Counted {
  digest: RowDigest;
  parts: number;
  columns: number;
}

/**
 * Reads an archive to its end and compares everything with its signed manifest: members, their sizes and SHA-256, rows
 * and checksum of each table, the key. Throws `backup_damaged`, `backup_newer`, `backup_untrusted`,
 * `backup_passphrase_needed`, `backup_passphrase_wrong`, `backup_not_encrypted`. Writes nothing.
 */
export async function verifyArchive(source: ArchiveSource, options: OpenOptions): Promise<Verified> {
  const found = new Contents();
  let read = 0;
  for await (const member of readMembers(source, options.passphrase)) {
    await found.take(member);
    read += member.bytes;
    options.tell?.(read);
  }
  return found.compare(options.fingerprint ?? null);
}

class Contents {
  readonly #members: Member[] = [];
  readonly #tables = new Map<string, Counted>();
  #files = 0;
  #key: Buffer | null = null;
  #manifest: Buffer | null = null;
  #signature: Buffer | null = null;

  async take(member: ReadMember): Promise<void> {
    const { name } = member;
    if (this.#signature !== null) throw damaged(name);
    if (this.#members.length === 0) return this.#format(member);
    if (name === SIGNATURE_MEMBER) this.#signature = await whole(member, MAX_SMALL_MEMBER_BYTES);
    else if (this.#manifest !== null) throw damaged(name);
    else if (name === MANIFEST_MEMBER) this.#manifest = await whole(member, MAX_MANIFEST_BYTES);
    else if (name === KEY_MEMBER && this.#key === null) {
      this.#key = await whole(member, MAX_SMALL_MEMBER_BYTES);
      this.#note(member, this.#key);
    } else await this.#content(member);
  }

  async #format(member: ReadMember): Promise<void> {
    const bytes = await whole(member, MAX_SMALL_MEMBER_BYTES);
    let format: number;
    try {
      if (member.name !== FORMAT_MEMBER) throw new Error('not the first member of a backup');
      format = Format.parse(JSON.parse(bytes.toString('utf8'))).format;
    } catch (cause) {
      throw damaged(member.name, cause);
    }
    if (format > BACKUP_FORMAT) throw new Problem('backup_newer', { params: { what: `format ${format}` } });
    this.#note(member, bytes);
  }

  async #content(member: ReadMember): Promise<void> {
    const kind = readMemberName(member.name);
    if (kind === null) throw damaged(member.name);
    if (kind.kind === 'file') {
      const hash = createHash('sha256');
      for await (const bytes of member.body) hash.update(bytes);
      const sha256 = hash.digest('hex');
      if (sha256 !== kind.sha256) throw damaged(member.name);
      this.#members.push({ name: member.name, bytes: member.bytes, sha256 });
      this.#files++;
      return;
    }
    const bytes = await whole(member, MAX_ROWS_MEMBER_BYTES);
    const counted = this.#tables.get(kind.table) ?? { digest: new RowDigest(), parts: 0, columns: 0 };
    this.#tables.set(kind.table, counted);
    if (kind.part !== counted.parts++) throw damaged(member.name);
    for (const line of linesOf(bytes, member.name)) {
      const columns = widthOf(line, member.name);
      if (counted.columns !== 0 && counted.columns !== columns) throw damaged(member.name);
      counted.columns = columns;
      counted.digest.add(line);
    }
    this.#note(member, bytes);
  }

  #note({ name }: ReadMember, bytes: Buffer): void {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    this.#members.push({ name, bytes: bytes.length, sha256 });
  }

  compare(fingerprint: string | null): Verified {
    if (this.#manifest === null || this.#signature === null) throw damaged(MANIFEST_MEMBER);
    if (this.#key === null) throw damaged(KEY_MEMBER);
    const manifest = openManifest(this.#manifest, this.#signature, fingerprint);
    const claimed = manifest.members;
    for (const [i, { name, bytes, sha256 }] of this.#members.entries()) {
      const claim = claimed[i];
      if (claim?.name !== name || claim.bytes !== bytes || claim.sha256 !== sha256) throw damaged(name);
    }
    if (claimed.length !== this.#members.length) throw damaged(claimed[this.#members.length]!.name);
    if (new Set(claimed.map(({ name }) => name)).size !== claimed.length) throw damaged(MANIFEST_MEMBER);
    if (manifest.files !== this.#files) throw damaged('files');
    const unlisted = [...this.#tables.keys()].find((name) => !manifest.tables.some((t) => t.name === name));
    if (unlisted !== undefined) throw damaged(unlisted);
    for (const table of manifest.tables) compareTable(table, this.#tables.get(table.name));
    if (publicKeyOf(this.#key) !== manifest.public_key) throw damaged(KEY_MEMBER);
    return { manifest, fingerprint: fingerprintOf(manifest.public_key), key: this.#key };
  }
}

function compareTable(claim: TableManifest, counted: Counted | undefined): void {
  const { digest, columns } = counted ?? { digest: new RowDigest(), columns: claim.columns.length };
  const fits =
    claim.rows === digest.rows && claim.digest === digest.hex() && claim.columns.length === columns;
  if (!fits) throw damaged(claim.name);
}

/** A member's bytes; throws `backup_damaged` where they are more than `most`. */
export async function whole(member: ReadMember, most: number): Promise<Buffer> {
  if (member.bytes > most) throw damaged(member.name);
  const pieces: Buffer[] = [];
  for await (const bytes of member.body) pieces.push(bytes);
  return Buffer.concat(pieces);
}

/** Lines of a member of rows. */
export function linesOf(bytes: Buffer, name: string): string[] {
  const lines = bytes.toString('utf8').split('\n');
  if (lines.pop() !== '' || lines.length === 0) throw damaged(name);
  return lines;
}

function widthOf(line: string, name: string): number {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch (cause) {
    throw damaged(name, cause);
  }
  const isRow = Array.isArray(row) && row.every((value) => value === null || typeof value === 'string');
  if (!isRow) throw damaged(name);
  return (row as unknown[]).length;
}

function publicKeyOf(pem: Buffer): string {
  try {
    return createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'pem' }) as string;
  } catch (cause) {
    throw damaged(KEY_MEMBER, cause);
  }
}

function damaged(place: string, cause?: unknown): Problem {
  return new Problem('backup_damaged', { params: { place: place.slice(0, 120) }, cause });
}
