import { hash, verify } from '@node-rs/argon2';
import { FewAtOnce } from '../few_at_once.ts';

/** Argon2id, 19 MiB, 2 passes, 1 lane: OWASP Password Storage Cheat Sheet, the second of its equal choices. */
const OPTIONS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** 2 × 19 MiB at once, however many sign in; those who wait hold only their request. */
const turns = new FewAtOnce(2, 200);

/** The same characters typed on another keyboard are the same password (NIST SP 800-63B, 5.1.1.2). */
const plain = (password: string): string => password.normalize('NFKC');

/** A password as it is stored (PHC string). Throws `busy`. */
export function hashPassword(password: string): Promise<string> {
  return turns.take(() => hash(plain(password), OPTIONS));
}

let nobodys: Promise<string> | null = null;

/**
 * Whether a password is the one that was stored. Where there is none, the same work is done and the answer is no: how
 * long it takes does not tell whether an account exists. Throws `busy`.
 */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  nobodys ??= hash('nobody has this password', OPTIONS);
  const against = stored ?? (await nobodys);
  const matches = await turns.take(() => verify(against, plain(password)));
  return matches && stored !== null;
}
