import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { say } from './terminal.mjs';

/** The project's folder, absolute. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Ends the process with a message unless this Node.js is new enough and the dependencies are installed. */
export function requireNodeAndDependencies() {
  const wanted = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')).engines.node.replace('>=', '');
  if (!isAtLeast(process.versions.node, wanted)) {
    say('node_too_old', { wanted, found: process.versions.node });
    process.exit(1);
  }
  if (!['tsx', 'express', 'knex'].every((name) => existsSync(`${ROOT}node_modules/${name}/package.json`))) {
    say('dependencies_missing');
    process.exit(1);
  }
}

/** Whether version `found` (major.minor.patch) is `wanted` (major.minor or longer) or newer. */
export function isAtLeast(found, wanted) {
  const have = found.split('.').map(Number);
  for (const [place, least] of wanted.split('.').map(Number).entries()) {
    if (have[place] !== least) return have[place] > least;
  }
  return true;
}
