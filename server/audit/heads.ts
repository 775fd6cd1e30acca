import { createHash, createPublicKey, verify } from 'node:crypto';
import type { HeadsDocument, SignedHeads } from '../contract/index.ts';
import type { InstallationKey } from '../keys.ts';
import { Problem } from '../problems.ts';
import { canonicalJson } from './canonical.ts';
import type { HeadRow } from './chain_queries.ts';

/** The heads of chains at `at`, signed by the installation: to be printed or kept elsewhere. */
export function signHeads(rows: readonly HeadRow[], at: Date, key: InstallationKey): SignedHeads {
  const document: HeadsDocument = {
    kind: 'cunma-audit-heads',
    version: 1,
    at: at.toISOString(),
    fingerprint: key.fingerprint,
    heads: rows.map(({ county_code, seq, hash }) => ({ county_code, seq, hash: hash.toString('hex') })),
  };
  const signature = key.sign(Buffer.from(canonicalJson(document))).toString('base64');
  return { document, public_key: key.publicKey, signature };
}

/**
 * The document of signed heads, once its signature is found to be by the public key beside it, and that key to be this
 * installation's. Throws `heads_invalid`, `heads_foreign`.
 */
export function checkedHeads(signed: SignedHeads, fingerprint: string): HeadsDocument {
  const { document, public_key, signature } = signed;
  const signer = fingerprintIfSigned(canonicalJson(document), public_key, signature);
  if (signer === null || signer !== document.fingerprint) throw new Problem('heads_invalid');
  if (signer !== fingerprint) throw new Problem('heads_foreign', { params: { signer, own: fingerprint } });
  return document;
}

/** SHA-256 of the public key's DER; null: it is no Ed25519 key, or did not sign the text. */
function fingerprintIfSigned(text: string, publicKey: string, signature: string): string | null {
  try {
    const key = createPublicKey(publicKey);
    if (key.asymmetricKeyType !== 'ed25519') return null;
    if (!verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))) return null;
    return createHash('sha256')
      .update(key.export({ type: 'spki', format: 'der' }))
      .digest('hex');
  } catch {
    return null;
  }
}
