import type { Knex } from 'knex';
import { secretHash } from '../actor.ts';
import type { PasswordLink } from '../contract/index.ts';
import { addFirstLink } from './link_queries.ts';
import { newSecret } from './secrets.ts';
import { DAY_MS } from './session_limits.ts';
import { administeredArea } from './sign_in_queries.ts';

/** A link to make the first administrator, good for a day; null: there is one. `db` acts as the owner. */
export async function firstAdministratorLink(
  db: Knex,
  publicUrl: string,
  now: Date,
): Promise<PasswordLink | null> {
  if ((await administeredArea(db)) !== null) return null;
  const secret = newSecret();
  const expires = new Date(now.getTime() + DAY_MS);
  await addFirstLink(db, secretHash(secret), now, expires);
  return { url: `${publicUrl}/setup#${secret}`, expires_at: expires.toISOString() };
}
