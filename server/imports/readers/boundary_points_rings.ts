import type { Place } from '../../contract/index.ts';
import type { Crs, Position } from '../../geometry/index.ts';
import { DUPLICATE_M } from '../limits.ts';
import { note } from '../notes.ts';
import type { ReadNote } from '../types.ts';
import type { TextParcel, TextPoint } from './boundary_points_parcels.ts';

const DEGREE_M = 111_320;

/** A ring of points without duplicates, with the name and line of each point. Closed where the parcel is an area. */
export interface NamedRing {
  points: Position[];
  names: string[];
  lines: number[];
}

function near(a: Position, b: Position, crs: Crs): boolean {
  const scale = crs.zone ? 1 : DEGREE_M;
  return Math.hypot(a[0] - b[0], a[1] - b[1]) * scale < DUPLICATE_M;
}

/**
 * The rings of a parcel as (easting, northing) or (longitude, latitude). `eastingFirst`: the file's column order.
 * Points within 1 mm of the one before are left out; the closing point is optional, and where it bears the first
 * point's name but other coordinates (some programs write it wrongly) the ring is closed at the first point. Each of
 * these is remarked on.
 */
export function readRings(
  parcel: TextParcel,
  crs: Crs,
  eastingFirst: boolean,
  where: Place,
): { rings: NamedRing[]; notes: ReadNote[] } {
  const notes: ReadNote[] = [];
  const rings: NamedRing[] = [];
  let duplicates = 0;
  for (const [key, source] of parcel.rings) {
    const positionOf = (p: TextPoint): Position => (eastingFirst ? [p.first, p.second] : [p.second, p.first]);
    const ring: NamedRing = { points: [], names: [], lines: [] };
    for (const point of source) {
      const position = positionOf(point);
      const last = ring.points[ring.points.length - 1];
      if (last && near(last, position, crs)) {
        duplicates++;
        continue;
      }
      ring.points.push(position);
      ring.names.push(point.name);
      ring.lines.push(point.line);
    }
    if (parcel.shape === '面') notes.push(...close(ring, crs, parcel.label, key, where));
    rings.push(ring);
  }
  if (duplicates > 0) {
    notes.push(note('info', 'duplicate_points_dropped', { feature: parcel.label, count: duplicates }, where));
  }
  return { rings, notes };
}

function close(ring: NamedRing, crs: Crs, feature: string, key: string, where: Place): ReadNote[] {
  const { points, names, lines } = ring;
  const [first, name] = [points[0]!, names[0]!];
  const end = points.length - 1;
  const notes: ReadNote[] = [];
  if (end > 0 && near(points[end]!, first, crs)) {
    points.pop();
    names.pop();
    lines.pop();
  } else if (end > 2 && name !== '' && names[end] === name && names.filter((n) => n === name).length === 2) {
    points.pop();
    names.pop();
    lines.pop();
    notes.push(
      note(
        'warning',
        'closing_point_differs',
        { feature, ring: key, point: name },
        { ...where, point: name },
      ),
    );
  } else {
    notes.push(note('info', 'closing_point_missing', { feature, ring: key }, where));
  }
  points.push(first);
  names.push(name);
  lines.push(lines[0]!);
  return notes;
}
