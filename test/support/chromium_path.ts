import { existsSync } from 'node:fs';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The Chromium to test with: `CHROMIUM_PATH`, else the first of the usual places, else null. */
export function chromiumPath(environment: NodeJS.ProcessEnv = process.env): string | null {
  const candidates = environment.CHROMIUM_PATH ? [environment.CHROMIUM_PATH] : USUAL;
  return candidates.find((path) => existsSync(path)) ?? null;
}
