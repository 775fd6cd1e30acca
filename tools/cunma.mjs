#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ROOT, requireNodeAndDependencies } from './preconditions.mjs';

requireNodeAndDependencies();

const tsx = import.meta.resolve('tsx');
const cli = spawn(process.execPath, [`--import=${tsx}`, `${ROOT}server/cli.ts`, ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
});
process.on('SIGTERM', () => cli.kill('SIGTERM'));
// A terminal sends these two to the whole process group: passed on as well, they would reach the command twice.
for (const signal of ['SIGINT', 'SIGHUP']) {
  process.on(signal, () => process.stdin.isTTY || cli.kill(signal));
}
cli.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
cli.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + constants.signals[signal];
});
