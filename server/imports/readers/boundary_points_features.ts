import type { Place } from '../../contract/index.ts';
import { type Crs, groupRings } from '../../geometry/index.ts';
import { Problem } from '../../problems.ts';
import { leftOut, note } from '../notes.ts';
import type { RawFeature, RawGeometry, ReadNote } from '../types.ts';
import type { TextParcel } from './boundary_points_parcels.ts';
import { type NamedRing, readRings } from './boundary_points_rings.ts';

function pointCountNotes(parcel: TextParcel, rings: NamedRing[], where: Place): ReadNote[] {
  const stated = parcel.stated_points;
  if (stated === null || stated === 0) return [];
  const read = [...parcel.rings.values()].reduce((sum, ring) => sum + ring.length, 0);
  const open = rings.reduce((sum, ring) => sum + ring.points.length - 1, 0);
  if ([read, open, open + rings.length].includes(stated)) return [];
  return [note('warning', 'point_count_differs', { feature: parcel.label, stated, count: open }, where)];
}

function pointName(ring: NamedRing, point: number): string {
  return ring.names[point] || String(point + 1);
}

function lineOf(ring: NamedRing | undefined, name: string): number | undefined {
  return ring?.lines[ring.points.findIndex((_, i) => pointName(ring, i) === name)];
}

type Raw = { feature: RawFeature; notes: ReadNote[] };

function readArea(parcel: TextParcel, rings: NamedRing[], crs: Crs, where: Place): Raw {
  const groups = groupRings(rings.map((ring) => ring.points));
  const notes = pointCountNotes(parcel, rings, where);
  if (groups.length > 1) {
    notes.push(note('info', 'parts_from_rings', { feature: parcel.label, count: groups.length }, where));
  }
  const coordinates = groups.map((group) => group.map((i) => rings[i]!.points));
  return {
    notes,
    feature: {
      ...base(parcel, crs, where),
      geometry: { type: 'MultiPolygon', coordinates },
      stated_area_m2: parcel.stated_area_m2,
      pointName: (part, ring, point) => pointName(rings[groups[part]![ring]!]!, point),
      lineOf: (part, ring, point) => lineOf(rings[groups[part - 1]?.[ring - 1] ?? -1], point),
    },
  };
}

function base(parcel: TextParcel, crs: Crs, where: Place): Omit<RawFeature, 'geometry'> {
  return {
    label: parcel.label,
    name: parcel.name,
    crs,
    attributes: parcel.attributes,
    stated_area_m2: null,
    where,
  };
}

function readMarks(parcel: TextParcel, rings: NamedRing[], crs: Crs, where: Place): Raw[] {
  const geometries: { geometry: RawGeometry; names: string[][] }[] =
    parcel.shape === '点'
      ? rings.flatMap((ring) =>
          ring.points.map((p, i) => ({
            geometry: { type: 'Point' as const, coordinates: p },
            names: [[ring.names[i]!]],
          })),
        )
      : [
          {
            geometry:
              rings.length === 1
                ? { type: 'LineString', coordinates: rings[0]!.points }
                : { type: 'MultiLineString', coordinates: rings.map((ring) => ring.points) },
            names: rings.map((ring) => ring.names),
          },
        ];
  return geometries.map(({ geometry, names }) => ({
    notes: [],
    feature: {
      ...base(parcel, crs, where),
      geometry,
      pointName: (_part, ring, point) => names[ring]?.[point] || String(point + 1),
    },
  }));
}

function checkReadable(parcel: TextParcel, file: string): void {
  const first = parcel.unreadable[0];
  if (first !== undefined) {
    const { line, text } = first;
    throw new Problem('line_unreadable', { params: { file, line, text }, where: { file, line } });
  }
  if (parcel.rings.size === 0) throw new Problem('geometry_empty', { params: { part: 1, ring: 1 } });
}

/**
 * Parcels of points as features in `crs`; `eastingFirst`: the order of their two values. A parcel that cannot be read
 * becomes an error note with its line or point; the others stay.
 */
export function featuresOf(
  parcels: readonly TextParcel[],
  crs: Crs,
  eastingFirst: boolean,
  file: string,
): { features: RawFeature[]; notes: ReadNote[] } {
  const features: RawFeature[] = [];
  const notes: ReadNote[] = [];
  for (const parcel of parcels) {
    const where: Place = { file, line: parcel.line };
    try {
      checkReadable(parcel, file);
      const read = readRings(parcel, crs, eastingFirst, where);
      notes.push(...read.notes);
      const raws =
        parcel.shape === '面'
          ? [readArea(parcel, read.rings, crs, where)]
          : readMarks(parcel, read.rings, crs, where);
      for (const raw of raws) {
        features.push(raw.feature);
        notes.push(...raw.notes);
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      notes.push(leftOut(parcel.label, error, where));
    }
  }
  return { features, notes };
}
