import { parseArguments, type StepName } from './arguments.ts';
import { endAll } from './child.ts';
import type { StepResult } from './result.ts';
import { failed, Steps } from './steps.ts';
import { exitCode, seconds, summary } from './summary.ts';

/**
 * `npm test`: runs the steps to the end whatever fails (but no further after Ctrl-C), then says what came of them.
 * Returns the exit code.
 */
export async function main(args: readonly string[]): Promise<number> {
  let chosen: ReturnType<typeof parseArguments>;
  try {
    chosen = parseArguments(args);
  } catch (error) {
    console.error(text(error));
    return 2;
  }
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      interrupted = true;
      endAll();
    });
  }
  const steps = new Steps({ ci: isTrue(process.env.CI), grep: chosen.grep });
  const results: StepResult[] = [];
  let beside: Promise<StepResult> | null = null;
  for (const name of chosen.steps) {
    if (interrupted) break;
    if (name === BESIDE) continue;
    // the browser's tests wait more than they work, for half of the whole time: they run beside the other tests
    if (chosen.steps.includes(BESIDE) && !BEFORE.has(name)) beside ??= take(steps, BESIDE);
    results.push(await take(steps, name));
  }
  if (chosen.steps.includes(BESIDE) && !interrupted) results.push(await (beside ?? take(steps, BESIDE)));
  await steps.end();
  console.log(summary(results));
  return interrupted ? 130 : exitCode(results);
}

/** Shown as a whole when it has ended, since another step writes meanwhile. */
const BESIDE: StepName = 'e2e';
/** What every test needs. */
const BEFORE: ReadonlySet<StepName> = new Set(['setup', 'typecheck', 'lint', 'build']);

async function take(steps: Steps, name: StepName): Promise<StepResult> {
  console.log(`\n=== ${name}: ${steps.titles[name]}`);
  const started = performance.now();
  const result = await steps.run[name]().catch((error: unknown) => failed([text(error)]));
  const ms = performance.now() - started;
  console.log(`--- ${name}: ${result.status}, ${seconds(ms)}`);
  return { name, ms, ...result };
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false'].includes(value);
}

function text(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
