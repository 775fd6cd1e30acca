import { createHash } from 'node:crypto';

const MODULUS = 2n ** 256n;

/**
 * A checksum of a table that does not depend on the order of its rows: the sum, modulo 2^256, of the SHA-256 of each
 * row's JSON text. Engines sort texts differently; rows of one table are different, since each has a primary key.
 */
export class RowDigest {
  #sum = 0n;
  rows = 0;

  add(line: string): void {
    this.#sum = (this.#sum + BigInt(`0x${createHash('sha256').update(line).digest('hex')}`)) % MODULUS;
    this.rows++;
  }

  hex(): string {
    return this.#sum.toString(16).padStart(64, '0');
  }
}
