import type { Request } from 'express';
import { type Actor, type Credentials, secretHash } from '../actor.ts';
import { credentialsOf } from './actor.ts';

const KEEP_MS = 10 * 60_000;
const MOST = 20_000;

/**
 * Who was found behind which credentials lately: only for counting, never for rights. So a whole office behind one
 * address is counted person by person, and somebody who makes credentials up is counted by address.
 */
export class KnownCallers {
  readonly #accounts = new Map<string, { account: string; until: number }>();

  /** What identification has found: to be called each time. */
  note(credentials: Credentials, actor: Actor | null): void {
    const key = keyOf(credentials);
    this.#accounts.delete(key);
    if (actor === null) return;
    if (this.#accounts.size >= MOST) this.#accounts.delete(this.#accounts.keys().next().value!);
    this.#accounts.set(key, { account: actor.account_id, until: Date.now() + KEEP_MS });
  }

  /** The account that these credentials lately belonged to, or null. */
  accountOf(request: Request): string | null {
    const credentials = credentialsOf(request);
    const found = credentials === null ? undefined : this.#accounts.get(keyOf(credentials));
    return found !== undefined && found.until > Date.now() ? found.account : null;
  }
}

/** A secret itself is not kept in memory. */
function keyOf({ kind, secret }: Credentials): string {
  return `${kind} ${secretHash(secret).toString('base64url')}`;
}
