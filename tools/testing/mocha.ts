import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './child.ts';
import type { StepResult } from './result.ts';
import { ROOT } from './root.ts';

export interface MochaRun {
  /** Folder under test/; every *.test.ts and *.test.tsx below it is run. */
  folder: string;
  env: NodeJS.ProcessEnv;
  limitMs: number;
  grep: string | null;
  ci: boolean;
  /** when what the tests write is shown */
  show: 'at once' | 'at the end';
}

/** What tools/testing/reporter.cjs writes. */
interface Report {
  passed: number;
  failures: { title: string; message: string }[];
  skipped: string[];
}

export type MochaResult = Pick<StepResult, 'status' | 'counts' | 'details'>;

const TAIL_LINES = 40;

/** Runs the tests of a folder. Fails too where there is no test, a file cannot be loaded or the process does not end. */
export async function runMocha(mocha: MochaRun): Promise<MochaResult> {
  const { ok, output, report } = await runWithReport(mocha, [
    ...(mocha.ci ? ['--forbid-only'] : []),
    // a browser on a busy machine may be late once; what fails twice has failed
    ...(mocha.folder === 'e2e' ? ['--retries', '1'] : []),
    ...(mocha.grep === null ? ['--fail-zero'] : ['--grep', mocha.grep]),
  ]);
  return judge(ok, output, report);
}

/** How many tests the folder holds, or null where they cannot be counted; runs none of them. */
export async function countTests(mocha: MochaRun): Promise<number | null> {
  const grep = mocha.grep === null ? [] : ['--grep', mocha.grep];
  const { report } = await runWithReport(mocha, ['--dry-run', ...grep], false);
  return report === null ? null : report.passed + report.skipped.length;
}

/** Counts and failures of a run; a run that ended badly without a failing test counts as one failure. */
export function judge(ok: boolean, output: string, report: Report | null): MochaResult {
  const details = (report?.failures ?? []).map(
    ({ title, message }) => `✗ ${title}\n    ${firstLine(message)}`,
  );
  if ((!ok || report === null) && details.length === 0) details.push(tail(output));
  const skipped = report?.skipped ?? [];
  return {
    status: details.length > 0 ? 'failed' : 'passed',
    counts: { passed: report?.passed ?? 0, failed: details.length, skipped: skipped.length },
    details: [...details, ...skipped.map((title) => `skipped: ${title}`)],
  };
}

async function runWithReport(mocha: MochaRun, options: readonly string[], show = true) {
  const folder = mkdtempSync(join(tmpdir(), 'cunma-report-'));
  const file = join(folder, 'report.json');
  const reporter = join(ROOT, 'tools/testing/reporter.cjs');
  const program = [process.execPath, join(ROOT, 'node_modules/mocha/bin/mocha.js'), '--reporter', reporter];
  const env = { ...mocha.env, CUNMA_TEST_REPORT: file };
  const tests = `test/${mocha.folder}/**/*.test.{ts,tsx}`;
  try {
    const atOnce = show && mocha.show === 'at once';
    const result = await run([...program, ...options, tests], { env, limitMs: mocha.limitMs, show: atOnce });
    if (show && !atOnce) process.stdout.write(result.output);
    return { ...result, report: read(file) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(file: string): Report | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return null;
  }
}

/** The last lines of what a command wrote. */
export function tail(output: string): string {
  return output.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
