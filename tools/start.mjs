#!/usr/bin/env node
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { ROOT, requireNodeAndDependencies } from './preconditions.mjs';
import { say } from './terminal.mjs';

requireNodeAndDependencies();

if (!existsSync(`${ROOT}dist/client/index.html`)) {
  say('building_client');
  const vite = [`${ROOT}node_modules/vite/bin/vite.js`, 'build', '--config', 'client/vite.config.ts'];
  const built = spawnSync(process.execPath, vite, { cwd: ROOT, stdio: 'inherit' });
  if (built.status !== 0) {
    say('client_build_failed');
    process.exit(1);
  }
}

const server = spawn(process.execPath, ['--import=tsx', `${ROOT}server/main.ts`, ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
});
process.on('SIGTERM', () => server.kill('SIGTERM'));
// A terminal sends these two to the whole process group: passed on as well, they would reach the server twice.
for (const signal of ['SIGINT', 'SIGHUP']) {
  process.on(signal, () => process.stdin.isTTY || server.kill(signal));
}
// npm passes SIGTERM to the shell in between, which ends without a word to us: the server must not stay behind.
if (process.env.npm_lifecycle_event === 'start') {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    server.kill('SIGTERM');
  }, 500).unref();
}
server.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
server.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + constants.signals[signal];
});
