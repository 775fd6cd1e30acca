import type { Role } from '../contract/index.ts';

/** A made-up person to try the server as; the name is `accounts.demonstration.<role>`. */
export interface DemonstrationPerson {
  login: string;
  role: Role;
  division_code: string;
}

/** No login that people choose may begin like these: made-up people, and accounts that were forgotten. */
export const RESERVED_PREFIXES: readonly string[] = ['demo.', 'deleted-'];

/** One for each role, in the counties of the demonstration land; two planners, who do not see each other's records. */
export const DEMONSTRATION_PEOPLE: readonly DemonstrationPerson[] = [
  { login: 'demo.administrator', role: 'administrator', division_code: '41' },
  { login: 'demo.data_steward', role: 'data_steward', division_code: '410821' },
  { login: 'demo.planner', role: 'planner', division_code: '410821' },
  { login: 'demo.planner.mianchi', role: 'planner', division_code: '411221' },
  { login: 'demo.inspector', role: 'inspector', division_code: '410821' },
  { login: 'demo.reviewer', role: 'reviewer', division_code: '410821' },
  { login: 'demo.enforcement_officer', role: 'enforcement_officer', division_code: '410821' },
  { login: 'demo.township_clerk', role: 'township_clerk', division_code: '410821101' },
  { login: 'demo.village_officer', role: 'village_officer', division_code: '410821101201' },
  { login: 'demo.leader', role: 'leader', division_code: '41' },
  { login: 'demo.auditor', role: 'auditor', division_code: '41' },
];
/** The area of an installation that nobody has set up and that only shows a demonstration. */
export const DEMONSTRATION_AREA = '41';
