import { join } from 'node:path';
import { type PostgresCluster, startPostgresCluster } from '../../test/support/postgres_cluster.ts';
import type { StepName } from './arguments.ts';
import { run } from './child.ts';
import { isClientStale } from './freshness.ts';
import { CHROMIUM, POSTGIS, type Tool } from './machine.ts';
import { countTests, type MochaResult, type MochaRun, runMocha, tail } from './mocha.ts';
import { NO_TESTS } from './result.ts';
import { ROOT } from './root.ts';
import { setUp } from './setup.ts';

const MINUTE = 60_000;
const TSC = join(ROOT, 'node_modules/.bin/tsc');
const BIOME = join(ROOT, 'node_modules/.bin/biome');
const VITE = join(ROOT, 'node_modules/.bin/vite');

/** What the steps of one run share. */
export class Steps {
  readonly #ci: boolean;
  readonly #grep: string | null;
  #cluster: PostgresCluster | null = null;

  constructor(options: { ci: boolean; grep: string | null }) {
    this.#ci = options.ci;
    this.#grep = options.grep;
  }

  readonly titles: Readonly<Record<StepName, string>> = {
    setup: 'what the tests need of this machine',
    typecheck: 'types',
    lint: 'lint, format and the dependency rule',
    build: 'web client',
    unit: 'unit tests',
    'integration:embedded': 'integration tests on the embedded engine',
    'integration:native': 'integration tests on native PostGIS',
    e2e: 'end-to-end tests in Chromium',
    'soak:embedded': 'long loops on the embedded engine',
    'soak:native': 'long loops on native PostGIS',
  };

  readonly run: Readonly<Record<StepName, () => Promise<MochaResult>>> = {
    setup: () => this.#setUp(),
    typecheck: () => commands([[TSC, '--noEmit']]),
    lint: () =>
      commands([
        [BIOME, 'check', '.'],
        [process.execPath, '--import=tsx', 'tools/check_dependencies.ts'],
      ]),
    build: () => commands(isClientStale() ? [[VITE, 'build', '--config', 'client/vite.config.ts']] : []),
    unit: () => this.#mocha('unit', null, 5 * MINUTE),
    'integration:embedded': () => this.#mocha('integration', 'embedded', 30 * MINUTE),
    'integration:native': () => this.#mocha('integration', 'native', 30 * MINUTE),
    e2e: () => this.#mocha('e2e', 'embedded', 30 * MINUTE, CHROMIUM),
    'soak:embedded': () => this.#mocha('soak', 'embedded', 60 * MINUTE),
    'soak:native': () => this.#mocha('soak', 'native', 60 * MINUTE),
  };

  async end(): Promise<void> {
    await this.#cluster?.stop();
  }

  /** On CI everything must be tested, elsewhere what is left out is named. */
  async #setUp(): Promise<MochaResult> {
    const missing = await setUp();
    const details = missing.map(
      ({ name, leavesOut }) => `NOT ON THIS MACHINE: ${name}. This leaves out ${leavesOut}.`,
    );
    for (const line of details) console.log(line);
    if (details.length === 0) return { status: 'passed', counts: NO_TESTS, details };
    return this.#ci ? failed(details) : { status: 'skipped', counts: NO_TESTS, details };
  }

  async #mocha(
    folder: string,
    engine: 'embedded' | 'native' | null,
    limitMs: number,
    tool: Tool | null = engine === 'native' ? POSTGIS : null,
  ): Promise<MochaResult> {
    const mocha: MochaRun = {
      folder,
      limitMs,
      env: environment(engine),
      grep: this.#grep,
      ci: this.#ci,
      show: folder === 'e2e' ? 'at the end' : 'at once',
    };
    if (tool !== null && !tool.isPresent()) return this.#leaveOut(mocha, tool);
    if (engine === 'native') mocha.env.CUNMA_TEST_DATABASE_URL = await this.#databaseUrl();
    return runMocha(mocha);
  }

  async #leaveOut(mocha: MochaRun, tool: Tool): Promise<MochaResult> {
    const details = [`${tool.name} is missing: ${tool.leavesOut} left out`];
    console.log(details[0]);
    if (this.#ci) return failed(details);
    const skipped = (await countTests(mocha)) ?? 1;
    return { status: 'skipped', counts: { ...NO_TESTS, skipped }, details };
  }

  async #databaseUrl(): Promise<string> {
    if (process.env.CUNMA_TEST_DATABASE_URL) return process.env.CUNMA_TEST_DATABASE_URL;
    this.#cluster ??= await startPostgresCluster();
    return this.#cluster.url;
  }
}

/** Runs one command after the other, all of them whatever happens. */
async function commands(list: readonly string[][]): Promise<MochaResult> {
  const details: string[] = [];
  for (const command of list) {
    const { ok, output } = await run(command, { env: environment(null), limitMs: 10 * MINUTE });
    if (!ok) details.push(tail(output));
  }
  return details.length > 0 ? failed(details) : { status: 'passed', counts: NO_TESTS, details };
}

export function failed(details: string[]): MochaResult {
  return { status: 'failed', counts: { ...NO_TESTS, failed: 1 }, details };
}

/**
 * The environment of tests: nothing that would lead them to somebody's real database or data, and the engine they
 * are to use: CUNMA_TEST_ENGINE, with CUNMA_TEST_DATABASE_URL (a superuser's) beside it for `native` only.
 */
function environment(engine: 'embedded' | 'native' | null): NodeJS.ProcessEnv {
  const env = { ...process.env };
  const own = ['DATABASE_URL', 'CUNMA_DATA', 'CUNMA_LAND', 'PORT', 'PUBLIC_URL', 'CUNMA_TEST_DATABASE_URL'];
  for (const name of own) delete env[name];
  if (engine !== null) env.CUNMA_TEST_ENGINE = engine;
  env[process.stdout.isTTY ? 'FORCE_COLOR' : 'NO_COLOR'] = '1';
  return env;
}
