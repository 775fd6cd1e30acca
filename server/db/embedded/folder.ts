import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The database's place inside CUNMA_DATA. A first start that was interrupted leaves a half-made folder without
 * the mark; it is set aside, never deleted, and made again.
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

  /** Sets a half-made folder aside. */
  prepare(): void {
    if (this.isNew && existsSync(this.path)) renameSync(this.path, `${this.path}.half-made-${Date.now()}`);
    mkdirSync(this.path, { recursive: true });
  }

  markInitialised(): void {
    if (this.isNew) writeFileSync(this.#mark, `${new Date().toISOString()}\n`);
  }
}
