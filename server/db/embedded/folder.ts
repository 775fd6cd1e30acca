import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The database's place inside CUNMA_DATA. A first start that was interrupted leaves a half-made folder without
 * the mark; nobody has used it yet, so it is made again.
 */
export class DatabaseFolder {
  readonly path: string;
  readonly #mark: string;

  constructor(dataFolder: string) {
    mkdirSync(dataFolder, { recursive: true });
    this.path = join(dataFolder, 'pg');
    this.#mark = join(dataFolder, 'pg.initialised');
  }

  get isNew(): boolean {
    return !existsSync(this.#mark);
  }

  /** Empties a half-made folder. */
  prepare(): void {
    if (this.isNew) rmSync(this.path, { recursive: true, force: true });
    mkdirSync(this.path, { recursive: true });
  }

  markInitialised(): void {
    if (this.isNew) writeFileSync(this.#mark, `${new Date().toISOString()}\n`);
  }
}
