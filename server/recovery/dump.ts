import type { Knex } from 'knex';
import type { Database } from '../db/index.ts';
import type { ArchiveWriter } from './archive_writer.ts';
import { listIdentities, listTables, migrationsRun, nextNumber, type Table } from './catalogue_queries.ts';
import { keptTables } from './kept_tables.ts';
import type { AuditHead, TableManifest } from './manifest.ts';
import { RowDigest } from './row_digest.ts';
import { auditHeads, landVersions, readSlice, type VersionKey, writeTextsAlike } from './row_queries.ts';
import { slices, TableRows } from './write_rows.ts';

/** One transaction's worth of reading: on the embedded engine others have their turn between two. */
type Turn = <T>(work: (db: Knex) => Promise<T>) => Promise<T>;

export interface Dumped<F> {
  tables: TableManifest[];
  migrations: string[];
  audit_heads: AuditHead[];
  /** what `facts` read in the same snapshot */
  facts: F;
}

/** Land that was dumped already has been removed since: what was written so far belongs to no state of the database. */
export class LandChanged extends Error {}

export interface DumpOptions<F> {
  /** read beside the rows, in their snapshot */
  facts: (db: Knex) => Promise<F>;
  tell?: (rows: number) => void;
  signal?: AbortSignal;
}

/**
 * Writes every kept table into the archive, as it stands at one moment, while others go on writing.
 *
 * PostGIS: one REPEATABLE READ transaction. The embedded engine has one connection, so a long transaction would keep
 * everybody waiting: the large tables of land, which never change once published, are read slice by slice first; then
 * one short transaction reads all the rest, once it has seen that the land is still the land that was read.
 * Rejects with {@link LandChanged} where some of it was removed.
 */
export async function dumpDatabase<F>(
  database: Database,
  writer: ArchiveWriter,
  options: DumpOptions<F>,
): Promise<Dumped<F>> {
  const { knex } = database;
  if (database.kind === 'native')
    return knex.transaction(
      async (db) => {
        await writeTextsAlike(db);
        const dump = new Dump((work) => work(db), writer, options);
        await dump.open(db);
        await dump.land(await landVersions(db));
        return dump.rest(db);
      },
      { isolationLevel: 'repeatable read', readOnly: true },
    );
  const turn: Turn = (work) =>
    knex.transaction(async (db) => {
      await writeTextsAlike(db);
      return work(db);
    });
  const dump = new Dump(turn, writer, options);
  await turn((db) => dump.open(db));
  for (;;) {
    await dump.land(await turn(landVersions));
    const dumped = await turn(async (db) => (dump.hasAll(await landVersions(db)) ? dump.rest(db) : null));
    if (dumped !== null) return dumped;
  }
}

const keyOf = ({ county_code, id }: VersionKey): string => `${county_code}/${id}`;

class Dump<F> {
  #land: TableRows[] = [];
  #others: TableRows[] = [];
  readonly #versions = new Set<string>();
  #rows = 0;

  constructor(
    private readonly turn: Turn,
    private readonly writer: ArchiveWriter,
    private readonly options: DumpOptions<F>,
  ) {}

  async open(db: Knex): Promise<void> {
    const { land, others } = keptTables(await listTables(db));
    this.#land = land.map((table) => new TableRows(table, this.writer));
    this.#others = others.map((table) => new TableRows(table, this.writer));
  }

  /** Versions that are not in the archive yet. */
  async land(versions: readonly VersionKey[]): Promise<void> {
    for (const version of versions) {
      if (this.#versions.has(keyOf(version))) continue;
      for (const rows of this.#land) await this.#table(rows, this.turn, [version.county_code, version.id]);
      this.#versions.add(keyOf(version));
    }
  }

  /** Whether the archive has just these versions; false: some are missing. Throws {@link LandChanged}. */
  hasAll(versions: readonly VersionKey[]): boolean {
    const now = new Set(versions.map(keyOf));
    if ([...this.#versions].some((key) => !now.has(key))) throw new LandChanged('land was removed meanwhile');
    return now.size === this.#versions.size;
  }

  /** Everything else, in the one transaction whose state the archive shows. */
  async rest(db: Knex): Promise<Dumped<F>> {
    for (const rows of this.#others) await this.#table(rows, (work) => work(db), []);
    for (const rows of [...this.#land, ...this.#others]) await rows.flush();
    const numbers = await nextNumbers(db);
    return {
      tables: [...this.#land, ...this.#others].map(({ table, columns, digest }) => ({
        name: table.name,
        columns,
        rows: digest.rows,
        digest: digest.hex(),
        identities: numbers.get(table.name) ?? {},
      })),
      migrations: await migrationsRun(db),
      audit_heads: await auditHeads(db),
      facts: await this.options.facts(db),
    };
  }

  async #table(rows: TableRows, turn: Turn, within: string[]): Promise<void> {
    const { table } = rows;
    for await (const slice of slices((last, limit) =>
      turn((db) => readSlice(db, table, within, last, limit)),
    )) {
      this.options.signal?.throwIfAborted();
      await rows.add(slice);
      this.#rows += slice.length;
      this.options.tell?.(this.#rows);
    }
  }
}

async function nextNumbers(db: Knex): Promise<Map<string, Record<string, string>>> {
  const numbers = new Map<string, Record<string, string>>();
  for (const identity of await listIdentities(db)) {
    const of = numbers.get(identity.table_name) ?? {};
    of[identity.column_name] = await nextNumber(db, identity);
    numbers.set(identity.table_name, of);
  }
  return numbers;
}

/** For a restore's comparison: a table's rows as the database gives them now. `db` after {@link writeTextsAlike}. */
export async function digestTable(db: Knex, table: Table): Promise<{ rows: number; digest: string }> {
  const digest = new RowDigest();
  for await (const slice of slices((last, limit) => readSlice(db, table, [], last, limit)))
    for (const row of slice) digest.add(JSON.stringify(row));
  return { rows: digest.rows, digest: digest.hex() };
}
