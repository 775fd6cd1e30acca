import { randomBytes } from 'node:crypto';

/** 256 random bits, base64url: a session, a one-time link, the state of an OpenID Connect sign-in. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
