import type { Place } from '../../contract/index.ts';
import { type Crs, groupRings, type Position, recogniseCrs } from '../../geometry/index.ts';
import { Problem } from '../../problems.ts';
import { describeCrs, typicalPosition } from '../describe_crs.ts';
import { leftOut, note } from '../notes.ts';
import type { RawFeature, RawGeometry, ReadFile, ReadNote, ReadOptions } from '../types.ts';
import { declaredByHeader } from './boundary_points_crs.ts';
import { readLine } from './boundary_points_lines.ts';
import { readParcels, type TextParcel } from './boundary_points_parcels.ts';
import { type NamedRing, readRings } from './boundary_points_rings.ts';

/** Whether a text is a boundary-point file: it has its section title, or a line of the form name,ring,X,Y. */
export function looksLikeBoundaryPoints(text: string): boolean {
  if (/[[【［]\s*(地块坐标|属性描述)\s*[\]】］]/.test(text)) return true;
  return text.split(/\r\n|\n|\r/, 200).some((line) => {
    const kind = readLine(line)?.kind;
    return kind === 'point' || kind === 'parcel';
  });
}

/** X (northing) stands first in Chinese tables; a file that has it the other way round is recognised by size. */
function isEastingFirst([first, second]: Position): boolean {
  const northing = (v: number) => v >= 1_900_000 && v <= 6_000_000;
  const easting = (v: number) => (v >= 13_000_000 && v < 46_000_000) || (v >= 100_000 && v <= 900_000);
  if (easting(first) && northing(second)) return true;
  const [lat, lon] = [first, second];
  return lat >= 73 && lat <= 136 && lon >= 3 && lon <= 54;
}

function pointCountNotes(parcel: TextParcel, rings: NamedRing[], where: Place): ReadNote[] {
  const stated = parcel.stated_points;
  if (stated === null || stated === 0) return [];
  const read = [...parcel.rings.values()].reduce((sum, ring) => sum + ring.length, 0);
  const open = rings.reduce((sum, ring) => sum + ring.points.length - 1, 0);
  if ([read, open, open + rings.length].includes(stated)) return [];
  return [note('warning', 'point_count_differs', { feature: parcel.label, stated, count: open }, where)];
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
      pointName: (part, ring, point) => rings[groups[part]![ring]!]!.names[point] || String(point + 1),
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
  const line = parcel.unreadable[0];
  if (line !== undefined) {
    throw new Problem('file_unreadable', { params: { file, place: `${line}` }, where: { file, line } });
  }
  if (parcel.rings.size === 0) throw new Problem('geometry_empty', { params: { part: 1, ring: 1 } });
}

/**
 * Boundary-point TXT (界址点坐标, `[属性描述]` and `[地块坐标]`): X is the northing and stands first. Zone from the
 * easting's first two digits, else from the header. A parcel that cannot be read becomes an error note with its line or
 * point; the others stay.
 * @throws Problem crs_*, file_no_shapes
 */
export function readBoundaryPoints(file: string, text: string, options: ReadOptions): ReadFile {
  const parsed = readParcels(text, file);
  const { declared, notes } = declaredByHeader(parsed.header, file);
  for (const line of parsed.unreadable)
    notes.push(note('warning', 'line_unreadable', { line }, { file, line }));
  const columns = typicalPosition(
    parsed.parcels.flatMap((parcel) =>
      [...parcel.rings.values()].flat().map((p): Position => [p.first, p.second]),
    ),
  );
  if (!columns) {
    throw new Problem('file_no_shapes', { params: { file, reason_zh: '', reason_en: '' }, where: { file } });
  }
  const eastingFirst = isEastingFirst(columns);
  if (eastingFirst) notes.push(note('warning', 'columns_swapped', {}, { file }));
  const typical: Position = eastingFirst ? columns : [columns[1], columns[0]];
  const recognised = recogniseCrs(typical, declared, options.crs);
  const { crs } = recognised;
  const features: RawFeature[] = [];
  for (const parcel of parsed.parcels) {
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
  return { format: 'txt', crs: describeCrs(recognised, declared, 'crs_by_header'), features, notes };
}
