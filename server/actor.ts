import { createHash } from 'node:crypto';
import type { Assignment } from './contract/index.ts';
import type { TokenLimits } from './rights.ts';

/** The person that a request acts for. */
export interface Actor {
  /** bigint, as text */
  account_id: string;
  login: string;
  name: string;
  /** the office */
  division_code: string;
  /** a made-up person of the demonstration */
  demonstration: boolean;
  assignments: readonly Assignment[];
  /** signed in by a browser */
  session: { id: string; second_factor: boolean } | null;
  /** a program, with what its token leaves of the person's rights */
  token: (TokenLimits & { id: string }) | null;
  /** until the password has been changed, only what is the person's own can be reached */
  password_change_required: boolean;
}

/** Who asks, from where, and under which id it stands in the log: for the audit trail. */
export interface Who {
  actor: Actor | null;
  address: string;
  request_id: string;
}

/** What a request shows to say who it is. */
export interface Credentials {
  kind: 'session' | 'token';
  secret: string;
}

/** What stands in the database for a secret of 128 bits or more: SHA-256. */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
