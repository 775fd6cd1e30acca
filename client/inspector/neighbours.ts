export interface Neighbour {
  index: number;
  /** where it stands in the list, from 0 */
  at: number;
}

/** The first row that must be fetched to see a record and the ones beside it; three rows do. */
export const firstBeside = (at: number): number => Math.max(0, at - 1);

/** The records before and after one, from the rows that begin at `from`; none where the list has changed since. */
export function neighbours(
  rows: readonly { index: number }[],
  from: number,
  index: number,
): { before: Neighbour | null; after: Neighbour | null } {
  const i = rows.findIndex((row) => row.index === index);
  const beside = (k: number): Neighbour | null => {
    const row = i === -1 ? undefined : rows[k];
    return row === undefined ? null : { index: row.index, at: from + k };
  };
  return { before: beside(i - 1), after: beside(i + 1) };
}
