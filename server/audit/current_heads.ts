import type { Knex } from 'knex';
import type { SignedHeads } from '../contract/index.ts';
import type { InstallationKey } from '../keys.ts';
import { isWithin } from '../rights.ts';
import { readHeads } from './chain_queries.ts';
import { signHeads } from './heads.ts';
import { installationArea } from './queries.ts';

/** The signed heads of all chains, for the operator. */
export async function allHeads(db: Knex, key: InstallationKey): Promise<SignedHeads> {
  return signHeads(await readHeads(db), new Date(), key);
}

/** The signed heads of the chains within `areas`; of all, where they take in the whole installation. */
export async function currentHeads(
  db: Knex,
  areas: readonly string[],
  key: InstallationKey,
): Promise<SignedHeads> {
  const area = await installationArea(db);
  const all = area !== null && isWithin(area, areas);
  const rows = await readHeads(db);
  return signHeads(
    rows.filter(({ county_code }) => all || isWithin(county_code, areas)),
    new Date(),
    key,
  );
}
