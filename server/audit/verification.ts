import type { Knex } from 'knex';
import type { Who } from '../actor.ts';
import type { ChainHead, SignedHeads } from '../contract/index.ts';
import type { InstallationKey } from '../keys.ts';
import type { Language } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { isWithin } from '../rights.ts';
import { appendAudit } from './append.ts';
import { checkedHeads } from './heads.ts';
import { installationArea } from './queries.ts';
import { showChain } from './show_chain.ts';
import type { Slices } from './slices.ts';
import { verifyChains } from './verify.ts';

/**
 * Whether somebody may have the whole trail verified, and against which heads. Throws `forbidden`, `heads_invalid`,
 * `heads_foreign`.
 */
export async function beginVerification(
  db: Knex,
  areas: readonly string[],
  heads: SignedHeads | undefined,
  key: InstallationKey,
): Promise<{ kept: readonly ChainHead[]; area: string }> {
  const area = await installationArea(db);
  if (area === null || !isWithin(area, areas)) throw new Problem('forbidden');
  return { kept: heads === undefined ? [] : checkedHeads(heads, key.fingerprint).heads, area };
}

interface Verifying {
  kept: readonly ChainHead[];
  /** of the installation */
  area: string;
  who: Who;
  signal: AbortSignal;
  language: Language;
}

/** The JSON text of a `Verification`, chain by chain as they are found; at the end the trail holds that it was done. */
export async function* verificationText(
  slices: Slices,
  { kept, area, who, signal, language }: Verifying,
): AsyncGenerator<string> {
  const sum = { chains: 0, entries: 0, broken: 0 };
  yield '{"chains":[';
  for await (const result of verifyChains(slices, kept, signal)) {
    yield `${sum.chains === 0 ? '' : ','}${JSON.stringify(showChain(result, language))}`;
    sum.chains += 1;
    sum.entries += result.entries;
    sum.broken += result.fault === null ? 0 : 1;
  }
  if (signal.aborted) return;
  await slices((db) =>
    appendAudit(db, who, {
      action: 'audit.verify',
      record_kind: 'audit',
      record_id: area,
      division_code: area,
      right: 'audit.read',
      after: { ...sum, against_kept_heads: kept.length > 0 },
    }),
  );
  yield `],"ok":${sum.broken === 0},"entries":${sum.entries}}`;
}
