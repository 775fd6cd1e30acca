import { createHash, randomBytes } from 'node:crypto';

const COUNT = 10;
/** Crockford's base32: no letter that is read as a digit. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 16;

/** Ten codes of 80 random bits, `xxxx-xxxx-xxxx-xxxx`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () =>
    [...randomBytes(LENGTH)]
      .map((byte) => LETTERS[byte % LETTERS.length])
      .join('')
      .replace(/(.{4})(?=.)/g, '$1-'),
  );
}

/** A code as it was typed, without what people add or mistake; null: it cannot be one. */
export function readRecoveryCode(typed: string): string | null {
  const code = typed.toLowerCase().replace(/[\s-]/g, '').replace(/o/g, '0').replace(/[il]/g, '1');
  return code.length === LENGTH && [...code].every((letter) => LETTERS.includes(letter)) ? code : null;
}

/** What stands in the database. 80 random bits need no slow hash. */
export function recoveryHash(account_id: string, code: string): Buffer {
  return createHash('sha256')
    .update(`recovery ${account_id} ${readRecoveryCode(code) ?? ''}`)
    .digest();
}
