import type { ChainHead } from '../contract/index.ts';
import { type Fault, follow, genesis, type Position } from './chain.ts';
import { readLinks, readTips, type Tip } from './chain_queries.ts';
import type { Slices } from './slices.ts';

/** Entries read at once: a slice takes some ten milliseconds. */
export const LINKS_PER_SLICE = 500;

export interface ChainResult {
  county_code: string;
  county_name: string | null;
  /** how many entries, from the first on, are in order */
  entries: number;
  head: ChainHead | null;
  /** the first fault */
  fault: Fault | null;
}

/**
 * Follows every chain from its beginning to the head it had when this began, in slices: entries written meanwhile wait
 * for the next time. `kept`: heads signed before and kept elsewhere; only they show that a whole chain was written
 * anew. Ends early when `signal` fires.
 */
export async function* verifyChains(
  slices: Slices,
  kept: readonly ChainHead[],
  signal: AbortSignal,
): AsyncGenerator<ChainResult> {
  const tips = await slices(readTips);
  const lost = kept.filter(({ county_code }) => !tips.some((tip) => tip.county_code === county_code));
  const gone = lost.map(({ county_code }) => ({ ...NOTHING, county_code }));
  for (const tip of [...tips, ...gone]) {
    if (signal.aborted) return;
    const keptHead = kept.find(({ county_code }) => county_code === tip.county_code) ?? null;
    yield await verifyChain(slices, tip, keptHead, signal);
  }
}

const NOTHING = { county_name: null, head_seq: null, head_hash: null, last_seq: null };

async function verifyChain(
  slices: Slices,
  tip: Tip,
  kept: ChainHead | null,
  signal: AbortSignal,
): Promise<ChainResult> {
  const { county_code, county_name, head_seq, head_hash, last_seq } = tip;
  const until = BigInt(head_seq ?? last_seq ?? 0);
  let at: Position = genesis(county_code);
  let fault = keptFault(at, kept);
  while (fault === null && at.seq < until && !signal.aborted) {
    const from = at;
    const links = await slices((db) => readLinks(db, county_code, from.seq, until, LINKS_PER_SLICE));
    if (links.length === 0) fault = { kind: 'missing', seq: at.seq + 1n };
    for (const link of links) {
      const next = follow(at, link);
      fault = 'kind' in next ? next : keptFault(next, kept);
      if (fault !== null) break;
      at = next as Position;
    }
  }
  fault ??= endFault(tip, at, kept);
  const head =
    head_seq === null || head_hash === null
      ? null
      : { county_code, seq: head_seq, hash: head_hash.toString('hex') };
  return { county_code, county_name, entries: Number(at.seq), head, fault };
}

/** The entry that was the head when heads were signed is another one now. */
function keptFault({ seq, hash }: Position, kept: ChainHead | null): Fault | null {
  if (kept === null || seq !== BigInt(kept.seq) || hash.toString('hex') === kept.hash) return null;
  return { kind: 'kept_head', seq };
}

/** What is wrong at the end of a chain whose entries follow one from the other. */
function endFault(
  { head_seq, head_hash, last_seq }: Tip,
  at: Position,
  kept: ChainHead | null,
): Fault | null {
  if (head_seq === null || head_hash === null)
    return last_seq === null ? keptBeyond(at, kept) : { kind: 'head_missing', seq: at.seq };
  if (!head_hash.equals(at.hash)) return { kind: 'head', seq: at.seq };
  if (last_seq !== null && BigInt(last_seq) > at.seq) return { kind: 'beyond_head', seq: at.seq + 1n };
  return keptBeyond(at, kept);
}

/** The chain is shorter than it was when its head was signed. */
function keptBeyond({ seq }: Position, kept: ChainHead | null): Fault | null {
  return kept !== null && BigInt(kept.seq) > seq ? { kind: 'kept_head', seq: seq + 1n } : null;
}
