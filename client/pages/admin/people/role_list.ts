import type { Role } from '../../../../server/contract/index.ts';

/** In the order in which they are offered; the contract's own list is not part of the client. */
export const ROLE_ORDER = [
  'administrator',
  'data_steward',
  'planner',
  'inspector',
  'reviewer',
  'enforcement_officer',
  'township_clerk',
  'village_officer',
  'leader',
  'auditor',
] as const satisfies readonly Role[];
