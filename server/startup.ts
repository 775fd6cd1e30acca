import type { Database } from './db/index.ts';

export type StartupStep = 'database' | 'migrations' | 'land' | 'self_test' | 'ready';

/** How far a start has come. `database` is null until the server can answer. */
export class Startup {
  step: StartupStep = 'database';
  done = 0;
  total = 0;
  database: Database | null = null;
  readonly #tell: (line: Startup) => void;

  constructor(tell: (startup: Startup) => void = () => undefined) {
    this.#tell = tell;
  }

  at(step: StartupStep, done = 0, total = 0): void {
    this.step = step;
    this.done = done;
    this.total = total;
    this.#tell(this);
  }

  ready(database: Database): void {
    this.database = database;
    this.at('ready');
  }
}
