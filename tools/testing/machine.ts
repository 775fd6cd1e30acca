import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromiumPath } from '../../test/support/chromium_path.ts';
import { postgisPrograms } from '../../test/support/postgres_programs.ts';

/** A program or file that some tests need and that npm cannot bring. */
export interface Tool {
  name: string;
  /** What is not tested, or not as it should be, without it. */
  leavesOut: string;
  isPresent(): boolean;
  /** Debian packages: the first list of which all are known is installed. */
  packages: string[][];
}

export const POSTGIS: Tool = {
  name: 'PostgreSQL with PostGIS',
  leavesOut: 'all tests on the native engine',
  // A database server that is already there will do: its URL needs the right to create databases.
  isPresent: () => Boolean(process.env.CUNMA_TEST_DATABASE_URL) || postgisPrograms() !== null,
  packages: [
    ['postgresql-15', 'postgresql-15-postgis-3'],
    ['postgresql', 'postgresql-postgis'],
  ],
};

export const CHROMIUM: Tool = {
  name: 'Chromium',
  leavesOut: 'all tests in a browser',
  isPresent: () => chromiumPath() !== null,
  packages: [['chromium']],
};

const CHINESE_FONT: Tool = {
  name: 'a Chinese font',
  leavesOut: 'readable screenshots (they show boxes)',
  isPresent: hasChineseFont,
  packages: [['fonts-wqy-microhei']],
};

export const TOOLS: readonly Tool[] = [POSTGIS, CHROMIUM, CHINESE_FONT];

/** Root on Debian or one of its children: here packages can be installed. */
export function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

function hasChineseFont(): boolean {
  if (process.platform !== 'linux' || existsSync('/usr/share/fonts/truetype/wqy/wqy-microhei.ttc'))
    return true;
  try {
    const fonts = execFileSync('fc-list', [':lang=zh-cn', 'family'], { stdio: ['ignore', 'pipe', 'ignore'] });
    return fonts.length > 0;
  } catch {
    return false;
  }
}
