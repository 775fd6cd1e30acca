import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { Problem } from '../problems.ts';
import type { ReadMember } from './archive_reader.ts';
import {
  addForeignKey,
  dropForeignKey,
  type ForeignKey,
  listForeignKeys,
  listIdentities,
  listTables,
  setNextNumber,
  type Table,
} from './catalogue_queries.ts';
import { digestTable } from './dump.ts';
import { keptTables } from './kept_tables.ts';
import { MAX_ROWS_MEMBER_BYTES } from './limits.ts';
import type { Manifest, TableManifest } from './manifest.ts';
import {
  auditHeads,
  emptyTables,
  insertRows,
  keptColumns,
  switchTriggers,
  writeTextsAlike,
} from './row_queries.ts';
import { linesOf, whole } from './verify_archive.ts';

/** The tables of a freshly migrated database while they are filled, inside one transaction. */
export class RestoreRows {
  private constructor(
    private readonly db: Knex,
    private readonly tables: ReadonlyMap<string, { table: Table; claim: TableManifest }>,
    private readonly foreignKeys: readonly ForeignKey[],
  ) {}

  /**
   * Takes the rows that migrations wrote out, and foreign keys off: rows come in any order, and every one is compared
   * when the keys are put back. Throws `backup_damaged` where the archive's tables are not those of its migrations.
   */
  static async begin(db: Knex, manifest: Manifest): Promise<RestoreRows> {
    await writeTextsAlike(db);
    const { land, others } = keptTables(await listTables(db));
    const tables = match([...others, ...land], manifest);
    const foreignKeys = await listForeignKeys(db);
    for (const key of foreignKeys) await dropForeignKey(db, key);
    const all = [...tables.values()].map(({ table }) => table);
    await switchTriggers(db, all, 'disable');
    await emptyTables(db, all);
    return new RestoreRows(db, tables, foreignKeys);
  }

  /** Puts one member of rows in; throws `backup_damaged` where it is not the one that was verified. Answers the rows. */
  async put(member: ReadMember, tableName: string, sha256: string): Promise<number> {
    const bytes = await whole(member, MAX_ROWS_MEMBER_BYTES);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new Problem('backup_damaged', { params: { place: member.name } });
    const { table, claim } = this.tables.get(tableName)!;
    const lines = linesOf(bytes, member.name);
    return insertRows(this.db, table, claim.columns, `[${lines.join(',')}]`).catch((cause: unknown) => {
      throw refused(cause, member.name);
    });
  }

  /**
   * Puts numbering, foreign keys and triggers back, and compares what now stands in the database with the archive: rows
   * and checksum of every table, heads of the audit trail. Throws `restore_check_failed`.
   */
  async finish(manifest: Manifest): Promise<void> {
    const { db } = this;
    for (const identity of await listIdentities(db)) {
      const next = this.tables.get(identity.table_name)?.claim.identities[identity.column_name];
      if (next !== undefined) await setNextNumber(db, identity, next);
    }
    for (const key of this.foreignKeys)
      await addForeignKey(db, key).catch((cause: unknown) => {
        throw refused(cause, key.name);
      });
    const all = [...this.tables.values()];
    await switchTriggers(
      db,
      all.map(({ table }) => table),
      'enable',
    );
    for (const { table, claim } of all) {
      const { rows, digest } = await digestTable(db, table);
      if (rows !== claim.rows || digest !== claim.digest)
        throw new Problem('restore_check_failed', { params: { place: table.name } });
    }
    if (JSON.stringify(await auditHeads(db)) !== JSON.stringify(manifest.audit_heads))
      throw new Problem('restore_check_failed', { params: { place: 'audit_head' } });
  }
}

/** Values that a column, a check or an index does not take (SQLSTATE classes 22 and 23) are the archive's fault. */
function refused(error: unknown, place: string): unknown {
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string' || !/^2[23]/.test(code)) return error;
  return new Problem('restore_check_failed', { params: { place }, cause: error });
}

function match(tables: readonly Table[], manifest: Manifest) {
  const claims = new Map(manifest.tables.map((claim) => [claim.name, claim]));
  const matched = new Map<string, { table: Table; claim: TableManifest }>();
  for (const table of tables) {
    const claim = claims.get(table.name);
    const columns = keptColumns(table).map(({ name }) => name);
    if (claim === undefined || [...claim.columns].sort().join() !== columns.sort().join())
      throw new Problem('backup_damaged', { params: { place: table.name } });
    matched.set(table.name, { table, claim });
  }
  const unknown = manifest.tables.find(({ name }) => !matched.has(name));
  if (unknown) throw new Problem('backup_damaged', { params: { place: unknown.name } });
  return matched;
}
