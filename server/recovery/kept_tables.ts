import type { Table } from './catalogue_queries.ts';

/** Tables that no backup holds, and why. */
export const NOT_KEPT: Readonly<Record<string, string>> = {
  migration: 'written by the migrations that a restore runs; the manifest has their names',
  migration_lock: 'the lock of whoever migrates now',
};

/**
 * Rows of a version of land: written before the version is published, never changed after. They are read version by
 * version beside everybody's work; no other table may refer to them.
 */
export const LAND_TABLES: readonly string[] = ['feature', 'piece', 'coverage_piece', 'division_total'];

export function keptTables(tables: readonly Table[]): { land: Table[]; others: Table[] } {
  const kept = tables.filter(({ name }) => NOT_KEPT[name] === undefined);
  const keyless = kept.find(({ key }) => key.length === 0);
  if (keyless) throw new Error(`table ${keyless.name} has no primary key: a backup reads in its order`);
  const isLand = ({ name }: Table) => LAND_TABLES.includes(name);
  return { land: kept.filter(isLand), others: kept.filter((table) => !isLand(table)) };
}
