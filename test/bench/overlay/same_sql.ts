import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type pg from 'pg';
import type { BenchShape } from './shapes.ts';

export interface Statement {
  text: string;
  values: unknown[];
}

/** What opens, closes or scopes a transaction is the server's own cost, not the overlay's SQL. */
const FRAME = /^\s*(begin|commit|savepoint|release|rollback|select set_config)/i;
const SHAPE = 'st_geomfromewkb(';

/**
 * The statements that the server itself sends for one overlay, as they went over the wire, with the shape as GeoJSON in
 * lon/lat in place of its EWKB: what a programmer would send by hand. No copy of the engine's SQL to grow old.
 */
export async function recordStatements(
  knex: Knex,
  { geometry }: BenchShape,
  overlay: () => Promise<unknown>,
): Promise<Statement[]> {
  const seen: Statement[] = [];
  const listen = ({ sql, bindings }: { sql: string; bindings: unknown[] }) => {
    if (!FRAME.test(sql)) seen.push({ text: sql, values: bindings });
  };
  knex.on('query', listen);
  try {
    await overlay();
  } finally {
    knex.removeListener('query', listen);
  }
  return seen.map((statement) => withGeoJson(statement, JSON.stringify(geometry)));
}

function withGeoJson({ text, values }: Statement, geojson: string): Statement {
  let changed = text;
  values.forEach((value, i) => {
    if (!Buffer.isBuffer(value)) return;
    const place = `${SHAPE}$${i + 1})`;
    if (!changed.includes(place)) throw new Error(`the shape is not at $${i + 1}`);
    changed = changed.replaceAll(
      place,
      `st_transform(st_setsrid(st_geomfromgeojson($${i + 1}), 4490), 6933)`,
    );
  });
  return { text: changed, values: values.map((value) => (Buffer.isBuffer(value) ? geojson : value)) };
}

/** As they are: parsed and planned each time. */
export async function runStatements(client: pg.Client, statements: readonly Statement[]): Promise<void> {
  for (const statement of statements) await client.query(statement);
}

/** Parsed and planned once a connection, as the server sends what it sends often. */
export async function runPrepared(client: pg.Client, statements: readonly Statement[]): Promise<void> {
  for (const statement of statements)
    await client.query({
      ...statement,
      name: createHash('sha256').update(statement.text).digest('hex').slice(0, 32),
    });
}

/** What measures: not what finds out which versions are asked. */
export const measures = ({ text }: Statement): boolean => /piece/.test(text);
