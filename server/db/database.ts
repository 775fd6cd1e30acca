import knex, { type Knex } from 'knex';
import pg from 'pg';
import { EmbeddedEngine } from './embedded/engine.ts';
import { DatabaseFolder } from './embedded/folder.ts';
import { lockFolder } from './embedded/lock.ts';
import { WireStream } from './embedded/wire_stream.ts';
import { KEEPS_STATEMENTS } from './query.ts';

/** A calendar day stays the text YYYY-MM-DD: a Date would move it by the server's time zone. */
const OID_DATE = 1082;
pg.types.setTypeParser(OID_DATE, (text) => text);

export type EngineKind = 'embedded' | 'native';

export interface Database {
  readonly knex: Knex;
  readonly kind: EngineKind;
  /**
   * Grid of overlay operators in metres of EPSG:6933; -1: none. The embedded engine needs one, or nearly
   * coincident edges throw (docs/decisions/0002).
   */
  readonly gridSize: number;
  /** the embedded engine itself; null on PostGIS */
  readonly embedded: EmbeddedEngine | null;
  close(): Promise<void>;
}

/** Bound of one statement that answers a request, ms. */
export const STATEMENT_LIMIT_MS = 10_000;
/** Bound of one statement of migrations and loads on the embedded engine, ms; on PostgreSQL a load lifts its own. */
export const LOAD_STATEMENT_LIMIT_MS = 600_000;
/** How long a caller waits for a connection, ms; past it, the problem `busy`. */
export const ACQUIRE_LIMIT_MS = 60_000;

const silent = (): void => undefined;
/** An error's message holds the statement with its placeholders, never with the values bound to them: it is logged. */
const QUIET = {
  compileSqlOnError: false,
  // what knex would write past our log is thrown as well
  log: { warn: silent, error: silent, debug: silent, deprecate: silent },
};

const GRID_EMBEDDED = 1e-7;
const NO_GRID = -1;

export interface EmbeddedOptions {
  /** bound of one statement, ms */
  limitMs?: number;
  /** how long a caller waits for the one connection, ms */
  acquireTimeoutMs?: number;
}

/** Opens the embedded engine in `dataFolder`, or makes it there. One connection: work queues for it. */
export async function openEmbedded(dataFolder: string, options: EmbeddedOptions = {}): Promise<Database> {
  const { limitMs = STATEMENT_LIMIT_MS, acquireTimeoutMs = ACQUIRE_LIMIT_MS } = options;
  const folder = new DatabaseFolder(dataFolder);
  const unlock = await lockFolder(dataFolder);
  try {
    folder.prepare();
    const engine = await EmbeddedEngine.open({ directory: folder.path, fsync: true }, limitMs);
    folder.markInitialised();
    const client = knex({
      ...QUIET,
      client: 'pg',
      connection: {
        user: 'postgres',
        database: 'postgres',
        stream: () => new WireStream(engine),
      } as unknown as Knex.PgConnectionConfig,
      pool: { min: 1, max: 1, idleTimeoutMillis: 2 ** 30 },
      acquireConnectionTimeout: acquireTimeoutMs,
    });
    return {
      knex: client,
      kind: 'embedded',
      gridSize: GRID_EMBEDDED,
      embedded: engine,
      close: async () => {
        await client.destroy();
        await engine.close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/**
 * From some 100,000 pieces on the planner takes an overlay for expensive and compiles it, 200 ms for a statement of 5:
 * measured at 116,519 pieces, 0.1 ha p50 215 ms with and 7 ms without.
 */
const NO_JIT = '-c jit=off';

/** Connects to a PostgreSQL with PostGIS ≥ 3.0. */
export function openNative(url: string): Database {
  const client = knex({
    ...QUIET,
    client: 'pg',
    connection: {
      connectionString: url,
      statement_timeout: STATEMENT_LIMIT_MS,
      application_name: 'cunma',
      options: NO_JIT,
    },
    pool: { min: 0, max: 8 },
    acquireConnectionTimeout: ACQUIRE_LIMIT_MS,
  });
  client.userParams = KEEPS_STATEMENTS;
  return { knex: client, kind: 'native', gridSize: NO_GRID, embedded: null, close: () => client.destroy() };
}
