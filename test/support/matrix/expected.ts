import type { Role } from '../../../server/contract/index.ts';
import { documentedRights } from '../roles_document.ts';
import type { Row } from './rows.ts';

/** Where a record, or the area that is written into, lies as seen from the area of the person's role. */
export type Place = 'own' | 'child' | 'parent' | 'foreign';
export type Verdict = 'done' | 'sign_in' | 'forbidden' | 'absent';

const RIGHTS = documentedRights();
const has = (role: Role, right: string): boolean => RIGHTS.get(role)!.includes(right);
const within = (place: Place): boolean => place === 'own' || place === 'child';

/** What docs/roles.md says will come of it: somebody with this role, and a record of somebody else's in that place. */
export function expected(row: Row, role: Role, place: Place): Verdict {
  const { access } = row;
  if (access === 'public' || access === 'optional') return 'done';
  if (access !== 'signed_in' && !has(role, access)) return 'forbidden';
  if (row.into) return within(place) ? 'done' : 'forbidden';
  if (row.of === undefined) return 'done';
  if (row.mine)
    return row.others !== undefined && has(role, row.others) && within(place) ? 'forbidden' : 'absent';
  if (row.others !== undefined && !has(role, row.others)) return 'absent';
  if (!within(place)) return 'absent';
  return row.changes !== undefined && !has(role, row.changes) ? 'forbidden' : 'done';
}

/** Which of the records of others a list shows. */
export function expectedSeen(row: Row, role: Role): Place[] {
  const right = row.others ?? row.access;
  return has(role, right) ? ['child', 'own'] : [];
}
