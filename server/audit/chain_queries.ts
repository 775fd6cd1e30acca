import type { Knex } from 'knex';
import { query } from '../db/index.ts';
import type { Link } from './chain.ts';

/** A chain's end, as head and entries have it at one moment. */
export interface Tip {
  county_code: string;
  county_name: string | null;
  /** null: entries without a head */
  head_seq: string | null;
  head_hash: Buffer | null;
  /** null: a head without entries */
  last_seq: string | null;
}

/** All chains, of heads and of entries, in one snapshot. Each county is found by one descent of the index. */
export async function readTips(db: Knex): Promise<Tip[]> {
  return query<Tip>(
    db,
    `with recursive county(code) as (
       select min(county_code::text) from audit_entry
       union all
       select (select min(e.county_code::text) from audit_entry e where e.county_code > county.code::char(6))
       from county where county.code is not null
     ), chain as (
       select code from county where code is not null union select county_code::text from audit_head
     )
     select chain.code as county_code, h.seq as head_seq, h.hash as head_hash,
       (select d.name from division d where d.code = chain.code order by d.valid_from desc limit 1) as county_name,
       (select max(e.seq) from audit_entry e where e.county_code = chain.code::char(6)) as last_seq
     from chain left join audit_head h on h.county_code = chain.code::char(6)
     order by chain.code`,
  );
}

/** Entries of a chain after number `after` up to `until`, at most `limit`, in their order. */
export async function readLinks(
  db: Knex,
  county: string,
  after: bigint,
  until: bigint,
  limit: number,
): Promise<Link[]> {
  return query<Link>(
    db,
    `select county_code, seq, at, body, hash, account_id, action, record_kind, record_id, division_code
     from audit_entry where county_code = ? and seq > ?::bigint and seq <= ?::bigint order by seq limit ?`,
    [county, String(after), String(until), limit],
  );
}

export interface HeadRow {
  county_code: string;
  seq: string;
  hash: Buffer;
}

export async function readHeads(db: Knex): Promise<HeadRow[]> {
  return query<HeadRow>(db, 'select county_code, seq, hash from audit_head order by county_code');
}
