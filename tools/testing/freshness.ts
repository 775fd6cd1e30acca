import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.ts';

/** What the web client is built from. */
const SOURCES = ['client', 'server/contract', 'server/messages', 'package-lock.json'];

/** Whether dist/client is missing or older than a file it is built from. */
export function isClientStale(root: string = ROOT): boolean {
  const built = join(root, 'dist/client/index.html');
  if (!existsSync(built)) return true;
  return newest(SOURCES.map((source) => join(root, source))) > statSync(built).mtimeMs;
}

function newest(paths: readonly string[]): number {
  return Math.max(
    0,
    ...paths
      .filter((path) => existsSync(path))
      .map((path) => {
        const entry = statSync(path);
        return entry.isDirectory()
          ? Math.max(entry.mtimeMs, newest(readdirSync(path).map((name) => join(path, name))))
          : entry.mtimeMs;
      }),
  );
}
