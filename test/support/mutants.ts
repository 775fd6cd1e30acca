import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A guard taken out of a copy of the source. */
export interface Mutant {
  /** what is removed */
  guard: string;
  /** relative to the repository */
  file: string;
  /** stands exactly once in the file */
  text: string;
  replaced: string;
  /** the test files that must notice */
  tests: readonly string[];
}

export interface Verdict {
  passed: number;
  failed: number;
  output: string;
}

/** A copy of the source tree in a folder of its own; `node_modules` is the repository's. */
export function copySource(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'cunma-mutant-'));
  for (const name of ['server', 'test', 'data', 'migrations', 'package.json', 'tsconfig.json'])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true, filter: isWanted });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const isWanted = (path: string): boolean => !/\/test\/(e2e|fixtures|bench|soak)(\/|$)/.test(path);

/** Takes a guard out of a copy; the returned function puts it back. Throws where its text is not there exactly once. */
export function mutate(folder: string, { file, text, replaced }: Mutant): () => void {
  const path = join(folder, file);
  const source = readFileSync(path, 'utf8');
  const found = source.split(text).length - 1;
  if (found !== 1) throw new Error(`${file}: ${JSON.stringify(text)} stands there ${found} times`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    source.replace(text, () => replaced),
  );
  return () => writeFileSync(path, source);
}

/** Runs test files of a copy in a process of their own. */
export async function runTests(folder: string, tests: readonly string[]): Promise<Verdict> {
  const mocha = join(ROOT, 'node_modules/mocha/bin/mocha.js');
  const child = spawn(
    process.execPath,
    [mocha, '--no-config', '--import=tsx', '--timeout=60000', '--reporter=json', ...tests],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  await once(child, 'close');
  const count = (name: string) => Number(new RegExp(`^\\s*"${name}": (\\d+)`, 'm').exec(output)?.[1] ?? 0);
  return { passed: count('passes'), failed: count('failures'), output };
}
