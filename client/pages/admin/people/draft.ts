import type { Account, AccountEdit, NamedAssignment } from '../../../../server/contract/index.ts';
import type { ChosenDivision } from '../parts/division_picker.tsx';

/** What a form about a person holds. */
export interface Draft {
  name: string;
  office: ChosenDivision | null;
  active: boolean;
  assignments: readonly NamedAssignment[];
}

export const draftOf = (account: Account): Draft => ({
  name: account.name,
  office: { code: account.division_code, name: account.division_name },
  active: account.active,
  assignments: account.assignments,
});

export const assignmentKey = ({ role, division_code }: { role: string; division_code: string }): string =>
  `${role} ${division_code}`;

export const sameAssignments = (a: readonly NamedAssignment[], b: readonly NamedAssignment[]): boolean =>
  a.length === b.length && a.every((each) => b.some((other) => assignmentKey(other) === assignmentKey(each)));

/** Whether there is anything to save. */
export const isChanged = (before: Draft, after: Draft): boolean =>
  before.name !== after.name.trim() ||
  before.office?.code !== after.office?.code ||
  before.active !== after.active ||
  !sameAssignments(before.assignments, after.assignments);

/** Only what differs from `before`: nothing else is written over. */
export function editOf(before: Draft, after: Draft, version: number): AccountEdit {
  const edit: AccountEdit = { version };
  if (before.name !== after.name.trim()) edit.name = after.name.trim();
  if (after.office !== null && before.office?.code !== after.office.code)
    edit.division_code = after.office.code;
  if (before.active !== after.active) edit.active = after.active;
  if (!sameAssignments(before.assignments, after.assignments))
    edit.assignments = after.assignments.map(({ role, division_code }) => ({ role, division_code }));
  return edit;
}
