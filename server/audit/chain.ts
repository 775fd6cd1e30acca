import { createHash } from 'node:crypto';

/** An entry as the table holds it. */
export interface Link {
  county_code: string;
  /** bigint, as text */
  seq: string;
  at: string;
  body: string;
  hash: Buffer;
  account_id: string | null;
  action: string;
  record_kind: string;
  record_id: string;
  division_code: string;
}

/** How far a chain has been followed. */
export interface Position {
  seq: bigint;
  hash: Buffer;
}

export interface Fault {
  kind: 'missing' | 'changed' | 'columns' | 'head' | 'head_missing' | 'beyond_head' | 'kept_head';
  seq: bigint;
  /** `columns`: the first one that differs */
  column?: string;
}

/** The chain of what belongs to no county: the installation, and areas wider than a county. */
export const WIDE_CHAIN = '000000';

/** Where a county's chain begins: entry 0, SHA-256 of `cunma audit {county}`. */
export function genesis(county: string): Position {
  return { seq: 0n, hash: createHash('sha256').update(`cunma audit ${county}`).digest() };
}

/** SHA-256(hash before ‖ UTF-8 of "seq LF at LF body"): what the database computes in `append_audit`. */
export function linkHash(before: Buffer, { seq, at, body }: Pick<Link, 'seq' | 'at' | 'body'>): Buffer {
  return createHash('sha256').update(before).update(`${seq}\n${at}\n${body}`).digest();
}

/** The chain that entries of a division belong to. */
export function chainOf(division: string): string {
  return division.length >= 6 ? division.slice(0, 6) : WIDE_CHAIN;
}

/** Follows a chain by one entry; answers the new position, or what is wrong with it. */
export function follow({ seq, hash }: Position, link: Link): Position | Fault {
  const next = seq + 1n;
  if (BigInt(link.seq) !== next) return { kind: 'missing', seq: next };
  if (!linkHash(hash, link).equals(link.hash)) return { kind: 'changed', seq: next };
  const column = differingColumn(link);
  return column === null ? { seq: next, hash: link.hash } : { kind: 'columns', seq: next, column };
}

const COLUMNS = ['account_id', 'action', 'record_kind', 'record_id', 'division_code'] as const;

/** The first column for searching that does not say what the hashed text says; null: all of them do. */
function differingColumn(link: Link): string | null {
  const body = objectOf(link.body);
  const differing = COLUMNS.find((name) => text(link[name]) !== text(body[name]));
  if (differing !== undefined) return differing;
  return chainOf(link.division_code) === link.county_code ? null : 'county_code';
}

function objectOf(body: string): Record<string, unknown> {
  try {
    return (JSON.parse(body) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function text(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
