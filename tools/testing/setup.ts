import { run } from './child.ts';
import { canInstall, TOOLS, type Tool } from './machine.ts';

const APT = ['apt-get', '-o', 'DPkg::Lock::Timeout=300'];
const LIMIT_MS = 15 * 60_000;

/** Installs what the tests need and the machine lacks, where that is possible; returns what is still missing. */
export async function setUp(): Promise<Tool[]> {
  const missing = TOOLS.filter((tool) => !tool.isPresent());
  if (missing.length === 0 || !canInstall()) return missing;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run([...APT, 'update'], { env, limitMs: LIMIT_MS });
  for (const tool of missing) {
    const packages = await knownPackages(tool.packages);
    const install = [...APT, 'install', '-y', '--no-install-recommends', ...packages];
    if (packages.length > 0) await run(install, { env, limitMs: LIMIT_MS });
  }
  return missing.filter((tool) => !tool.isPresent());
}

async function knownPackages(alternatives: readonly string[][]): Promise<string[]> {
  for (const packages of alternatives) {
    const { ok } = await run(['apt-cache', 'show', ...packages], { limitMs: LIMIT_MS, show: false });
    if (ok) return packages;
  }
  return [];
}
