import type { NamedAssignment } from '../../../../server/contract/index.ts';
import { assignmentKey, type Draft } from './draft.ts';

export type Side = 'mine' | 'theirs';

/** Something that two people left different. */
export type Difference = FieldDifference | RoleDifference;

interface Differing {
  key: string;
  /** who alone changed it since both began; null: both did, and somebody has to choose */
  changed_by: Side | null;
}
interface FieldDifference extends Differing {
  kind: 'name' | 'office' | 'active';
}
/** A role that one side has and the other has not. */
interface RoleDifference extends Differing {
  kind: 'role';
  assignment: NamedAssignment;
  has: Side;
}

function sides<T>(base: T, mine: T, theirs: T): { differ: boolean; changed_by: Side | null } {
  return {
    differ: mine !== theirs,
    changed_by: theirs === base ? 'mine' : mine === base ? 'theirs' : null,
  };
}

/** Where `mine` and `theirs` differ after both began from `base`. */
export function differences(base: Draft, mine: Draft, theirs: Draft): Difference[] {
  const found: Difference[] = [];
  const name = sides(base.name, mine.name.trim(), theirs.name);
  if (name.differ) found.push({ key: 'name', kind: 'name', changed_by: name.changed_by });
  const office = sides(base.office?.code, mine.office?.code, theirs.office?.code);
  if (office.differ) found.push({ key: 'office', kind: 'office', changed_by: office.changed_by });
  const active = sides(base.active, mine.active, theirs.active);
  if (active.differ) found.push({ key: 'active', kind: 'active', changed_by: active.changed_by });
  const keys = (draft: Draft) => new Set(draft.assignments.map(assignmentKey));
  const [inBase, inMine, inTheirs] = [keys(base), keys(mine), keys(theirs)];
  const both = [
    ...mine.assignments.filter((each) => !inTheirs.has(assignmentKey(each))),
    ...theirs.assignments.filter((each) => !inMine.has(assignmentKey(each))),
  ];
  for (const assignment of both) {
    const key = assignmentKey(assignment);
    const has: Side = inMine.has(key) ? 'mine' : 'theirs';
    const { changed_by } = sides(inBase.has(key), inMine.has(key), inTheirs.has(key));
    found.push({ key: `role ${key}`, kind: 'role', assignment, has, changed_by });
  }
  return found;
}

/** What stands there now, with the differences taken over that were decided for `mine`. */
export function merge(
  mine: Draft,
  theirs: Draft,
  found: readonly Difference[],
  choice: ReadonlyMap<string, Side>,
): Draft {
  const merged = { ...theirs, assignments: [...theirs.assignments] };
  for (const difference of found) {
    if (choice.get(difference.key) !== 'mine') continue;
    if (difference.kind === 'role') {
      const key = assignmentKey(difference.assignment);
      if (difference.has === 'mine') merged.assignments.push(difference.assignment);
      else merged.assignments = merged.assignments.filter((each) => assignmentKey(each) !== key);
    } else if (difference.kind === 'name') merged.name = mine.name;
    else if (difference.kind === 'office') merged.office = mine.office;
    else merged.active = mine.active;
  }
  return merged;
}
