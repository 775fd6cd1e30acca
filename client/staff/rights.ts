import type { Me, Right } from '../../server/contract/index.ts';

/** The areas, by division code, in which somebody has a right; empty: nowhere. */
export const areasOf = (me: Me, right: Right): readonly string[] =>
  me.rights.find((each) => each.right === right)?.division_codes ?? [];

export const may = (me: Me, right: Right): boolean => areasOf(me, right).length > 0;
export const mayAny = (me: Me, rights: readonly Right[]): boolean => rights.some((right) => may(me, right));

/** Whether somebody has a right in an area: shows or hides a button; the server decides. */
export const mayIn = (me: Me, right: Right, division: string): boolean =>
  areasOf(me, right).some((area) => division.startsWith(area));
