import type { Leaf } from './fields.ts';
import { edgeKey } from './mesh.ts';
import type { Random } from './noise.ts';

/** Largest area in m² to which leaves of a class are joined. */
function limit(landClass: string): number {
  if (landClass === '1006' || landClass === '1107') return 15000;
  if (landClass === '1004') return 9000;
  if (landClass === '1003') return 30000;
  if (landClass === '1101') return 150000;
  if (landClass === '0103') return 70000;
  if (landClass === '0702') return 16000;
  return 130000;
}

/** The share of chances to join that are taken: all along a road, few between terraces. */
function ease({ group, slope }: Leaf): number {
  if (group.startsWith('c')) return 1;
  return slope > 4 ? 0.35 : 0.75;
}

/** Joins neighbouring leaves of one group and class into parcels: returns the parcel's number for every leaf. */
export function mergeLeaves(leaves: Leaf[], density: number, random: Random): number[] {
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
      if (p === q || area[p]! + area[q]! > limit(leaf.landClass) / density || random() > ease(leaf)) return;
      parent[q] = p;
      area[p]! += area[q]!;
    });
  });
  return leaves.map((_, i) => find(i));
}
