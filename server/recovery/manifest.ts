import { createHash, createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import type { InstallationKey } from '../keys.ts';
import { Problem } from '../problems.ts';

/** Version of the archive's layout. A reader refuses what is newer than it knows. */
export const BACKUP_FORMAT = 1;

/** First member: what a reader must know before it trusts itself to understand the rest. */
export const FORMAT_MEMBER = 'cunma-backup.json';
/** Last but one: what the archive holds. */
export const MANIFEST_MEMBER = 'manifest.json';
/** Last: Ed25519 (RFC 8032) over the manifest's bytes, by the installation's key. */
export const SIGNATURE_MEMBER = 'manifest.sig';
export const KEY_MEMBER = 'key/installation.pem';

export const Format = z.object({ format: z.number().int() });

const Identifier = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
const Hex256 = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.number().int().nonnegative();

export const TableManifest = z.strictObject({
  name: Identifier,
  /** in the order in which a row's values stand */
  columns: z.array(Identifier).min(1),
  rows: Count,
  /** see row_digest.ts */
  digest: Hex256,
  /** column of an identity → the number that comes next */
  identities: z.record(Identifier, z.string().regex(/^-?\d{1,19}$/)),
});
export type TableManifest = z.infer<typeof TableManifest>;

export const Member = z.strictObject({ name: z.string().max(200), bytes: Count, sha256: Hex256 });
export type Member = z.infer<typeof Member>;

export const AuditHead = z.strictObject({
  county_code: z.string().regex(/^\d{6}$/),
  seq: z.string().regex(/^\d{1,19}$/),
  hash: Hex256,
});
export type AuditHead = z.infer<typeof AuditHead>;

export const Manifest = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  created_at: z.iso.datetime(),
  app_version: z.string().max(64),
  engine: z.enum(['embedded', 'native']),
  migrations: z.array(z.string().max(200)),
  /** SPKI, PEM */
  public_key: z.string().max(1000),
  tables: z.array(TableManifest),
  files: Count,
  /** contents to which rows refer, but which the file store did not have */
  missing_files: z.array(z.string().max(200)),
  audit_heads: z.array(AuditHead),
  members: z.array(Member),
});
export type Manifest = z.infer<typeof Manifest>;

export function signManifest(bytes: Buffer, key: InstallationKey): Buffer {
  return key.sign(bytes);
}

/** SHA-256 of a public key's DER, hexadecimal: as {@link InstallationKey} prints it. */
export function fingerprintOf(publicKey: string): string {
  const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex');
}

/**
 * The manifest, once its signature holds for the key that it names. Throws `backup_damaged`; `backup_untrusted` where
 * `fingerprint` is another key's. Without a fingerprint the signature shows that the archive is whole, not whose it is.
 */
export function openManifest(bytes: Buffer, signature: Buffer, fingerprint: string | null): Manifest {
  const manifest = parseManifest(bytes);
  let holds = false;
  let found = '';
  try {
    holds = verify(null, bytes, createPublicKey(manifest.public_key), signature);
    found = fingerprintOf(manifest.public_key);
  } catch (cause) {
    throw new Problem('backup_damaged', { params: { place: 'public_key' }, cause });
  }
  if (!holds) throw new Problem('backup_damaged', { params: { place: SIGNATURE_MEMBER } });
  if (fingerprint !== null && fingerprint.toLowerCase() !== found)
    throw new Problem('backup_untrusted', { params: { found, expected: fingerprint } });
  return manifest;
}

function parseManifest(bytes: Buffer): Manifest {
  try {
    return Manifest.parse(JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    throw new Problem('backup_damaged', { params: { place: MANIFEST_MEMBER }, cause });
  }
}
