import { statfs } from 'node:fs/promises';
import type { Database } from '../db/index.ts';
import { countJobs, type Figures, type JobCount, readFigures } from './queries.ts';

/** What the database, the disk and the backups say of the installation, read at one time. */
export interface State {
  figures: Figures;
  jobs: JobCount[];
  disk: { free: number; size: number } | null;
  last_backup_at: Date | null;
  /** ms since 1970 */
  read_at: number;
}

export interface StateSources {
  database(): Database | null;
  dataFolder: string;
  /** the last backup that can be restored from; null: there is none */
  lastBackup(): Promise<Date | null>;
}

async function diskOf(folder: string): Promise<State['disk']> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { free: bavail * bsize, size: blocks * bsize };
  } catch {
    return null;
  }
}

export async function readState(database: Database, sources: StateSources): Promise<State> {
  const [figures, jobs] = await database.knex.transaction(async (db) => [
    await readFigures(db),
    await countJobs(db),
  ]);
  return {
    figures,
    jobs,
    disk: await diskOf(sources.dataFolder),
    last_backup_at: await sources.lastBackup(),
    read_at: Date.now(),
  };
}

const FRESH_MS = 10_000;
const WAIT_MS = 2_000;

/**
 * The state for whoever looks every few seconds: read again after 10 s, by one reader at a time, waited for 2 s at most;
 * past that, and while the database does not answer, the last known one, whose age the metrics tell.
 */
export class LatestState {
  readonly #sources: StateSources;
  #last: State | null = null;
  #reading: Promise<void> | null = null;

  constructor(sources: StateSources) {
    this.#sources = sources;
  }

  async get(): Promise<State | null> {
    const database = this.#sources.database();
    if (database !== null && (this.#last === null || Date.now() - this.#last.read_at >= FRESH_MS)) {
      this.#reading ??= this.#read(database);
      let timer: NodeJS.Timeout | undefined;
      const bound = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, WAIT_MS);
      });
      await Promise.race([this.#reading, bound]);
      clearTimeout(timer);
    }
    return this.#last;
  }

  async #read(database: Database): Promise<void> {
    try {
      this.#last = await readState(database, this.#sources);
    } catch {
      // told by the age of the last state
    } finally {
      this.#reading = null;
    }
  }
}
