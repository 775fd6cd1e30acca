import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';

/**
 * The folder with `initdb` and `postgres` of the newest native PostgreSQL that has PostGIS, or null. Looks where
 * Debian keeps them, then asks `pg_config` (which a newer, PostGIS-less version may answer).
 */
export function postgisPrograms(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  for (const version of versions) {
    const programs = join(DEBIAN, version, 'bin');
    if (isComplete(programs, `/usr/share/postgresql/${version}`)) return programs;
  }
  const programs = pgConfig('--bindir');
  const share = pgConfig('--sharedir');
  return programs !== null && share !== null && isComplete(programs, share) ? programs : null;
}

function isComplete(programs: string, share: string): boolean {
  return (
    existsSync(join(programs, 'initdb')) &&
    existsSync(join(programs, 'postgres')) &&
    existsSync(join(share, 'extension', 'postgis.control'))
  );
}

function pgConfig(option: string): string | null {
  try {
    return execFileSync('pg_config', [option], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}
