import type { Place } from '../contract/index.ts';
import { Problem } from '../problems.ts';

/** A Gauss-Krüger zone on CGCS2000: transverse Mercator, scale 1 on the central meridian, false northing 0. */
export interface Zone {
  /** 3 or 6 degrees */
  width: 3 | 6;
  number: number;
  central_meridian: number;
  /** metres; includes the zone number × 10⁶ where `prefixed` */
  false_easting: number;
  prefixed: boolean;
}

export interface Crs {
  /** EPSG:4526 … */
  id: string;
  /** the registry's name */
  name: string;
  datum: 'cgcs2000' | 'wgs84';
  /** null: longitude and latitude in degrees */
  zone: Zone | null;
}

const CGCS2000: Crs = {
  id: 'EPSG:4490',
  name: 'China Geodetic Coordinate System 2000',
  datum: 'cgcs2000',
  zone: null,
};
const WGS84: Crs = { id: 'EPSG:4326', name: 'WGS 84', datum: 'wgs84', zone: null };

const RANGES = [
  { width: 3, prefixed: true, from: 4513, first: 25, count: 21 },
  { width: 3, prefixed: false, from: 4534, first: 25, count: 21 },
  { width: 6, prefixed: true, from: 4491, first: 13, count: 11 },
  { width: 6, prefixed: false, from: 4502, first: 13, count: 11 },
] as const;

const TABLE = new Map<string, Crs>([
  [CGCS2000.id, CGCS2000],
  [WGS84.id, WGS84],
]);
for (const range of RANGES) {
  for (let i = 0; i < range.count; i++) {
    const number = range.first + i;
    const meridian = range.width === 3 ? 3 * number : 6 * number - 3;
    const kind = range.width === 3 ? '3-degree Gauss-Kruger' : 'Gauss-Kruger';
    const id = `EPSG:${range.from + i}`;
    TABLE.set(id, {
      id,
      name: `CGCS2000 / ${kind} ${range.prefixed ? `zone ${number}` : `CM ${meridian}E`}`,
      datum: 'cgcs2000',
      zone: {
        width: range.width,
        number,
        central_meridian: meridian,
        false_easting: 500_000 + (range.prefixed ? number * 1_000_000 : 0),
        prefixed: range.prefixed,
      },
    });
  }
}

/** The entry of an id such as `EPSG:4526`; undefined where the table has none. */
export function findCrs(id: string): Crs | undefined {
  return TABLE.get(id);
}

/** The zone of a width (3 or 6 degrees) and number, with or without the number in the easting. */
export function findZone(width: 3 | 6, number: number, prefixed: boolean): Crs | undefined {
  for (const crs of TABLE.values()) {
    const zone = crs.zone;
    if (zone && zone.width === width && zone.number === number && zone.prefixed === prefixed) return crs;
  }
  return undefined;
}

const REFUSED_NAME =
  /xi.?an|西安|beijing|北京|(1980|1954)年?(国家|坐标)|国家(80|54)|(^|\D)(80|54)(国家|坐标)|\bBJ.?54|\bXA.?80/i;

/** EPSG codes of Xi'an 1980 (geographic and projected) and Beijing 1954; only so that the refusal can say why. */
function isRefusedCode(code: number): boolean {
  return (
    code === 4610 ||
    code === 4214 ||
    (code >= 2327 && code <= 2390) ||
    (code >= 2401 && code <= 2442) ||
    (code >= 21413 && code <= 21423) ||
    (code >= 21453 && code <= 21463)
  );
}

/** Throws `crs_datum_refused` where a name or code belongs to Xi'an 1980 or Beijing 1954 (their parameters are secret). */
export function refuseOldDatum(text: string, where?: Place): void {
  const code = /(?:EPSG\D*|^)(\d{4,5})$/i.exec(text.trim());
  if (REFUSED_NAME.test(text) || (code && isRefusedCode(Number(code[1])))) {
    throw new Problem('crs_datum_refused', {
      params: { crs: text.trim().slice(0, 80) },
      ...(where && { where }),
    });
  }
}

/**
 * A CRS from its identifier: `EPSG:4526`, `urn:ogc:def:crs:EPSG::4526`, `http://www.opengis.net/def/crs/EPSG/0/4526`,
 * `urn:ogc:def:crs:OGC:1.3:CRS84`. Coordinates are always (longitude, latitude) or (easting, northing) here.
 * @throws Problem crs_datum_refused, crs_unknown
 */
export function parseCrs(text: string, where?: Place): Crs {
  refuseOldDatum(text, where);
  const trimmed = text.trim();
  if (
    /^(urn:ogc:def:crs:OGC:[\d.]*:|OGC:|https?:\/\/www\.opengis\.net\/def\/crs\/OGC\/[\d.]+\/)?CRS84$/i.test(
      trimmed,
    )
  ) {
    return WGS84;
  }
  const match =
    /^(?:EPSG:|urn:ogc:def:crs:EPSG:[\d.]*:|urn:x-ogc:def:crs:EPSG:[\d.]*:|https?:\/\/www\.opengis\.net\/def\/crs\/EPSG\/[\d.]+\/)?(\d{4,5})$/i.exec(
      trimmed,
    );
  const crs = match && TABLE.get(`EPSG:${match[1]}`);
  if (!crs)
    throw new Problem('crs_unknown', { params: { crs: trimmed.slice(0, 80) }, ...(where && { where }) });
  return crs;
}
