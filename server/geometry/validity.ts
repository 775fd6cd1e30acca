import { fromEqualArea } from './equal_area.ts';
import { fault, type Naming, pointName } from './fault.ts';
import { findMisplaced } from './nesting.ts';
import type { PlaneRing } from './rings.ts';
import { type Meeting, type Segment, sweep } from './sweep.ts';

/** Union-find over rings and the points where they touch; a part whose rings close a circle has a divided interior. */
class Touches {
  readonly #parent = new Map<string, string>();

  #root(key: string): string {
    const parent = this.#parent.get(key);
    if (parent === undefined) return key;
    const root = this.#root(parent);
    this.#parent.set(key, root);
    return root;
  }

  /** Joins the two; false if they were joined already. */
  join(a: string, b: string): boolean {
    const [x, y] = [this.#root(a), this.#root(b)];
    if (x === y) return false;
    this.#parent.set(x, y);
    return true;
  }
}

/** "J3–J4" */
function edgeName(naming: Naming, { part, ring, index }: PlaneRing, { edge }: Segment): string {
  return [edge, edge + 1].map((vertex) => pointName(naming, part, ring, index[vertex]!)).join('–');
}

/**
 * Refuses what is not a valid MultiPolygon (OGC 06-103r4 §6.1.11, §6.1.14) in the equal-area plane, exactly: what
 * passes is valid for PostGIS too. Parts may touch at points; along a line they must be merged.
 * @throws Problem self_intersection, rings_cross, rings_touch, hole_outside, holes_overlap, parts_overlap
 */
export function checkValidity(parts: readonly (readonly PlaneRing[])[], naming: Naming): void {
  const rings = parts.flat();
  const touches = new Touches();
  let divided = false;
  const meeting = sweep(rings, (at, met, order): Meeting | null => {
    const ringsOfPart = new Map<number, number>();
    for (const index of met) {
      const { part } = rings[index]!;
      ringsOfPart.set(part, (ringsOfPart.get(part) ?? 0) + 1);
    }
    for (const index of met) {
      const { part } = rings[index]!;
      if (ringsOfPart.get(part)! < 2) continue;
      if (!touches.join(`ring ${index}`, `${part} at ${at[0]} ${at[1]}`)) {
        divided = true;
        const a = order.find((segment) => segment.ring === index)!;
        return { a, b: a, at: [at[0]!, at[1]!] };
      }
    }
    return null;
  });
  if (meeting) throw meetingFault(meeting, rings, divided, naming);
  const misplaced = findMisplaced(parts.map((part) => part.map((ring) => ring.plane)));
  if (!misplaced) return;
  const { part } = misplaced;
  const ring = misplaced.kind === 'parts_overlap' ? 0 : misplaced.ring;
  const position = parts[part]![ring]!.lonlat[0]!;
  const params: Record<string, string | number> = {
    lon: position[0].toFixed(7),
    lat: position[1].toFixed(7),
  };
  if (misplaced.kind === 'holes_overlap') params.other_ring = misplaced.other + 1;
  if (misplaced.kind === 'parts_overlap') params.other_part = misplaced.other + 1;
  throw fault(misplaced.kind, naming, { part, ring }, params, position);
}

function meetingFault(
  meeting: Meeting,
  rings: readonly PlaneRing[],
  divided: boolean,
  naming: Naming,
): Error {
  const [a, b] = [meeting.a, meeting.b];
  const [ringA, ringB] = [rings[a.ring]!, rings[b.ring]!];
  const [lon, lat] = fromEqualArea(...meeting.at);
  const code = divided
    ? 'rings_touch'
    : a.ring === b.ring
      ? 'self_intersection'
      : ringA.part === ringB.part
        ? 'rings_cross'
        : 'parts_overlap';
  const params = {
    edge_a: edgeName(naming, ringA, a),
    edge_b: edgeName(naming, ringB, b),
    other_ring: ringB.ring + 1,
    other_part: ringB.part + 1,
    lon: lon.toFixed(7),
    lat: lat.toFixed(7),
  };
  return fault(code, naming, { part: ringA.part, ring: ringA.ring, point: ringA.index[a.edge]! }, params, [
    lon,
    lat,
  ]);
}
