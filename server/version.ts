import { readFileSync } from 'node:fs';

const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8');

/** The version of this software, as package.json says. */
export const VERSION = (JSON.parse(file) as { version: string }).version;
