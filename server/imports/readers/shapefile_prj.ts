import { type Crs, type Declared, findCrs, findZone, refuseOldDatum } from '../../geometry/index.ts';
import { Problem } from '../../problems.ts';

const CGCS2000 =
  /china.?2000|cgcs.?2000|china_geodetic_coordinate_system_2000|china geodetic coordinate system 2000/i;
const WGS84 = /wgs.?(19)?84/i;

function quoted(wkt: string, keyword: string): string | null {
  return new RegExp(`\\b${keyword}\\s*\\[\\s*"([^"]*)"`, 'i').exec(wkt)?.[1] ?? null;
}

function parameter(wkt: string, name: string): number | null {
  const value = new RegExp(`PARAMETER\\s*\\[\\s*"${name}"\\s*,\\s*([-+.\\deE]+)`, 'i').exec(wkt)?.[1];
  return value === undefined ? null : Number(value);
}

/** The zone of the table with a central meridian and false easting, if the two belong together. */
function zoneOf(meridian: number, falseEasting: number): Crs | undefined {
  if (falseEasting === 500_000) return meridian % 3 === 0 ? findZone(3, meridian / 3, false) : undefined;
  const number = (falseEasting - 500_000) / 1_000_000;
  const crs = Number.isInteger(number) ? findZone(number >= 25 ? 3 : 6, number, true) : undefined;
  return crs?.zone?.central_meridian === meridian ? crs : undefined;
}

/**
 * The CRS that a .prj declares (WKT 1, as ESRI or EPSG write it): CGCS2000 geographic or a Gauss-Krüger zone of it, or
 * WGS 84 geographic. Decided by datum and parameters, not by the name.
 * @throws Problem crs_datum_refused, crs_unknown
 */
export function declaredByPrj(wkt: string, file: string): Declared {
  const projected = quoted(wkt, 'PROJCS');
  const geographic = quoted(wkt, 'GEOGCS');
  const datum = quoted(wkt, 'DATUM');
  const text = projected ?? geographic ?? wkt.trim().slice(0, 80);
  for (const name of [projected, geographic, datum]) if (name !== null) refuseOldDatum(name, { file });
  const unknown = () => new Problem('crs_unknown', { params: { crs: text }, where: { file } });
  const identity = `${geographic} ${datum}`;
  if (geographic === null) throw unknown();
  if (projected === null) {
    if (CGCS2000.test(identity)) return { text, crs: findCrs('EPSG:4490')! };
    if (WGS84.test(identity)) return { text, crs: findCrs('EPSG:4326')! };
    throw unknown();
  }
  const projection = quoted(wkt, 'PROJECTION') ?? '';
  const [meridian, falseEasting] = [parameter(wkt, 'central_meridian'), parameter(wkt, 'false_easting')];
  const plain =
    /gauss.?kruger|transverse.?mercator/i.test(projection) &&
    (parameter(wkt, 'scale_factor') ?? 1) === 1 &&
    (parameter(wkt, 'latitude_of_origin') ?? 0) === 0 &&
    (parameter(wkt, 'false_northing') ?? 0) === 0 &&
    /UNIT\s*\[\s*"met(er|re)"\s*,\s*1(\.0*)?\s*[,\]]/i.test(wkt);
  const crs =
    plain && meridian !== null && falseEasting !== null ? zoneOf(meridian, falseEasting) : undefined;
  if (!CGCS2000.test(identity) || !crs) throw unknown();
  return { text, crs };
}
