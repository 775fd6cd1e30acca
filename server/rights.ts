import type { Assignment, Right, Role } from './contract/index.ts';

const READ_ALL: readonly Right[] = [
  'checks.read',
  'files.read',
  'jobs.read',
  'accounts.read',
  'audit.read',
  'indicators.read',
  'installation.read',
];

/**
 * What each role may do in its area; docs/roles.md says the same for people, and a test holds the two together. What
 * a person does with what is their own (profile, sessions, second factor, own trail, own jobs) needs no right.
 */
export const RIGHTS_OF: Readonly<Record<Role, readonly Right[]>> = {
  administrator: [
    'accounts.read',
    'accounts.manage',
    'audit.read',
    'jobs.read',
    'jobs.manage',
    'indicators.read',
    'installation.read',
    'installation.manage',
  ],
  data_steward: ['overlays.run', 'files.read', 'files.write', 'jobs.read', 'jobs.manage', 'indicators.read'],
  planner: ['overlays.run', 'checks.read', 'files.read', 'files.write'],
  inspector: ['overlays.run', 'files.read', 'files.write'],
  reviewer: ['overlays.run', 'checks.read', 'files.read'],
  enforcement_officer: ['overlays.run', 'checks.read', 'files.read', 'files.write'],
  township_clerk: ['overlays.run', 'checks.read', 'files.read', 'files.write', 'indicators.read'],
  village_officer: ['overlays.run', 'files.write'],
  leader: ['indicators.read'],
  auditor: READ_ALL,
};

/** What a token takes away from what its person may do. */
export interface TokenLimits {
  rights: readonly Right[];
  division_code: string;
}

/** The areas in which somebody has a right; a token keeps at most its own area of each. Empty: nowhere. */
export function areasWith(
  right: Right,
  assignments: readonly Assignment[],
  token: TokenLimits | null = null,
): string[] {
  if (token !== null && !token.rights.includes(right)) return [];
  const areas = assignments
    .filter(({ role }) => RIGHTS_OF[role].includes(right))
    .flatMap(({ division_code }) =>
      token === null ? [division_code] : meet(division_code, token.division_code),
    );
  return [...new Set(areas)].filter(
    (area, _, all) => !all.some((other) => other !== area && area.startsWith(other)),
  );
}

/** The area that two areas share: the smaller, or none. */
function meet(a: string, b: string): string[] {
  if (a.startsWith(b)) return [a];
  return b.startsWith(a) ? [b] : [];
}

/** Whether a division lies in one of the areas. */
export function isWithin(division: string, areas: readonly string[]): boolean {
  return areas.some((area) => area.length >= 2 && division.startsWith(area));
}
