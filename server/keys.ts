import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'keys';
const FILE = 'installation.pem';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The key of this installation: it signs the head of the audit trail and seals secrets in the database. */
export interface InstallationKey {
  /** SPKI, PEM */
  publicKey: string;
  /** SHA-256 of the public key's DER, hexadecimal: what is printed and compared */
  fingerprint: string;
  /** Ed25519 */
  sign(data: Buffer): Buffer;
  /** AES-256-GCM; `purpose` must be the same when it is opened. nonce ‖ tag ‖ ciphertext */
  seal(plain: Buffer, purpose: string): Buffer;
  /** Throws where the bytes were changed, sealed by another installation or for another purpose. */
  open(sealed: Buffer, purpose: string): Buffer;
}

/** Where the key stands below the data folder; a backup takes it along. */
export function keyFile(dataFolder: string): string {
  return join(dataFolder, FOLDER, FILE);
}

/** The installation's key, made at the first start. Only its owner may read the file (0600). */
export function installationKey(dataFolder: string): InstallationKey {
  const file = keyFile(dataFolder);
  if (!existsSync(file)) writeNew(file);
  return keyFrom(createPrivateKey(readFileSync(file)));
}

/** Written beside and renamed: a crash leaves no half key, and the sealed secrets of a database never lose theirs. */
function writeNew(file: string): void {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ed25519');
  const beside = `${file}.${process.pid}`;
  const handle = openSync(beside, 'wx', 0o600);
  writeSync(handle, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(beside, file);
}

function keyFrom(privateKey: KeyObject): InstallationKey {
  const publicKey = createPublicKey(privateKey);
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const secret = privateKey.export({ type: 'pkcs8', format: 'der' });
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', secret, '', `cunma seal ${purpose}`, 32));
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    fingerprint: createHash('sha256').update(der).digest('hex'),
    sign: (data) => sign(null, data, privateKey),
    seal: (plain, purpose) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', derive(purpose), nonce);
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open: (sealed, purpose) => {
      const decipher = createDecipheriv('aes-256-gcm', derive(purpose), sealed.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    },
  };
}
