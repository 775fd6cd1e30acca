import type { Position } from 'geojson';
import { landOf } from '../../client/components/land_of.ts';
import type { Village, VillageList, VillageMap } from '../../server/contract/index.ts';
import { dbf, shp, zip } from '../unit/imports/build_files.ts';

/** CGCS2000 in degrees, as ArcGIS writes it. */
const DEGREES_PRJ =
  'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';

/** The same numbers in every run: a fault that one run finds, the next finds too. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

function isInside([x, y]: Position, ring: Position[]): boolean {
  let inside = false;
  ring.forEach(([x1, y1], i) => {
    const [x2, y2] = ring[(i + 1) % ring.length]!;
    if (y1! > y! !== y2! > y! && x! < x1! + ((y! - y1!) / (y2! - y1!)) * (x2! - x1!)) inside = !inside;
  });
  return inside;
}

/** The largest outer ring of a village. */
async function outline(url: string, code: string): Promise<Position[]> {
  const map = (await (await fetch(`${url}/api/villages/${code}/map`)).json()) as VillageMap;
  const { boundary } = landOf(map);
  if (boundary === null) throw new Error(`no outline of ${code}`);
  const rings =
    boundary.type === 'Polygon' ? [boundary.coordinates[0]!] : boundary.coordinates.map(([outer]) => outer!);
  return rings.sort((a, b) => b.length - a.length)[0]!;
}

export interface FlaggedBatch {
  zip: Buffer;
  /** by number in the file, from 1 */
  rings: ReadonlyMap<number, Position[]>;
  /** numbers of the broken records, and what they are called */
  broken: ReadonlyMap<number, string>;
}

/** What a flagged shape is called; every seventh has no name. */
export const flaggedName = (index: number): string =>
  index % 7 === 0 ? '' : `WP-${String(index).padStart(4, '0')}`;

/**
 * A month's flagged shapes of a county as a zipped Shapefile: four-cornered ones of some 20 to 120 m well inside its
 * villages, and three broken ones: a bow tie, a record without a shape, corners that lie on one line.
 */
export async function flaggedBatch(url: string, county: string, count: number): Promise<FlaggedBatch> {
  const list = (await (await fetch(`${url}/api/villages?parent=${county}&limit=40`)).json()) as VillageList;
  const random = numbers(20261122);
  const villages = await Promise.all(
    list.villages.map(async ({ code }) => {
      const { bbox } = (await (await fetch(`${url}/api/villages/${code}`)).json()) as Village;
      return { bbox: bbox!, ring: await outline(url, code) };
    }),
  );
  const shapes: (Position[] | null)[] = [];
  while (shapes.length < count) {
    const { bbox, ring } = villages[shapes.length % villages.length]!;
    const [west, south, east, north] = bbox;
    const [x, y] = [west + random() * (east - west), south + random() * (north - south)];
    const [dx, dy] = [0.0001 + random() * 0.0006, 0.0001 + random() * 0.0005];
    const corners: Position[] = [
      [x - dx, y - dy],
      [x - dx * 0.8, y + dy],
      [x + dx, y + dy * 0.9],
      [x + dx * 0.9, y - dy],
    ];
    const apart = corners.map(([a, b]): Position => [x + (a! - x) * 1.5, y + (b! - y) * 1.5]);
    if (apart.every((corner) => isInside(corner, ring))) shapes.push([...corners, corners[0]!]);
  }
  const [a, b, c, d] = shapes[99]!;
  shapes[99] = [a!, c!, b!, d!, a!];
  shapes[199] = null;
  const [p, q] = shapes[299]!;
  const half: Position = [(p![0]! + q![0]!) / 2, (p![1]! + q![1]!) / 2];
  shapes[299] = [p!, half, q!, p!];
  const broken = new Map([100, 200, 300].map((index) => [index, flaggedName(index)]));
  const names = shapes.map((_, i) => flaggedName(i + 1));
  return {
    zip: zip({
      'flagged.shp': shp(
        5,
        shapes.map((ring) => (ring === null ? null : { paths: [ring as number[][]] })),
      ),
      'flagged.dbf': dbf('TBBH', names, 'gbk'),
      'flagged.prj': DEGREES_PRJ,
      'flagged.cpg': 'GBK',
    }),
    rings: new Map(shapes.flatMap((ring, i) => (ring === null ? [] : [[i + 1, ring] as const]))),
    broken,
  };
}
