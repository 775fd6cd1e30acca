import type { Leaf } from './fields.ts';
import { edgeKey } from './mesh.ts';

/** Largest area in m² to which leaves of a class are joined; the rest is not limited by its class. */
function limit(landClass: string): number {
  if (landClass === '1006' || landClass === '1107') return 9000;
  if (landClass === '1004') return 5000;
  if (landClass === '1003' || landClass === '1101') return 30000;
  if (landClass === '0702') return 16000;
  return 130000;
}

/**
 * Joins neighbouring leaves of one group and class into parcels: returns the parcel's number for every leaf. `ease` is
 * the share of chances that are taken, so that not everything that could be joined is.
 */
export function mergeLeaves(leaves: Leaf[], ease: (leaf: Leaf) => boolean): number[] {
  const parent = leaves.map((_, i) => i);
  const area = leaves.map((leaf) => leaf.area);
  const find = (i: number): number => {
    let root = i;
    while (parent[root] !== root) root = parent[root]!;
    while (parent[i] !== root) [parent[i], i] = [root, parent[i]!];
    return root;
  };
  const owner = new Map<number, number>();
  leaves.forEach((leaf, i) => {
    leaf.ring.forEach((a, k) => {
      const key = edgeKey(a, leaf.ring[(k + 1) % leaf.ring.length]!);
      const other = owner.get(key);
      owner.set(key, i);
      if (other === undefined) return;
      const neighbour = leaves[other]!;
      if (neighbour.landClass !== leaf.landClass || neighbour.group !== leaf.group) return;
      const [p, q] = [find(other), find(i)];
      if (p === q || area[p]! + area[q]! > limit(leaf.landClass) || !ease(leaf)) return;
      parent[q] = p;
      area[p]! += area[q]!;
    });
  });
  return leaves.map((_, i) => find(i));
}
