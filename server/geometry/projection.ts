import proj4 from 'proj4';
import { type Crs, parseCrs, type Zone } from './crs.ts';

/** CGCS2000 (EPSG:1024): a = 6378137 m, 1/f = 298.257222101. WGS 84 is taken as the same datum (null transformation). */
const ELLIPSOID = '+a=6378137 +rf=298.257222101 +towgs84=0,0,0 +no_defs';
const LONLAT = `+proj=longlat ${ELLIPSOID}`;

interface Converter {
  forward(coordinates: number[]): number[];
  inverse(coordinates: number[]): number[];
}
const converters = new Map<string, Converter>();

function converter(centralMeridian: number, falseEasting: number): Converter {
  const key = `${centralMeridian} ${falseEasting}`;
  let found = converters.get(key);
  if (!found) {
    const definition = `+proj=etmerc +lat_0=0 +lon_0=${centralMeridian} +k=1 +x_0=${falseEasting} +y_0=0 +units=m ${ELLIPSOID}`;
    found = proj4(LONLAT, definition);
    converters.set(key, found);
  }
  return found;
}

/** easting, northing in metres of a Gauss-Krüger zone → lon, lat in degrees (EPSG:4490). */
export function fromZone(zone: Zone, easting: number, northing: number): [number, number] {
  const [lon, lat] = converter(zone.central_meridian, zone.false_easting).inverse([easting, northing]);
  return [lon!, lat!];
}

/** lon, lat in degrees (EPSG:4490) → easting, northing in metres of a Gauss-Krüger zone. */
export function toZone(zone: Zone, lon: number, lat: number): [number, number] {
  const [easting, northing] = converter(zone.central_meridian, zone.false_easting).forward([lon, lat]);
  return [easting!, northing!];
}

/** A position in `crs` (easting, northing or longitude, latitude) → lon, lat in degrees (EPSG:4490). */
export function toLonLat(crs: Crs, x: number, y: number): [number, number] {
  return crs.zone ? fromZone(crs.zone, x, y) : [x, y];
}

/** The central meridian, in degrees, of the 3° zone in which a longitude lies. */
export function localZone(lon: number): number {
  return 3 * Math.round(lon / 3);
}

/**
 * lon, lat in degrees → x, y in metres of the Gauss-Krüger plane of the central meridian `meridian` (false easting
 * 500 km). Conformal: distances of a few kilometres are true to 3·10⁻⁴ within a 3° zone. Not for areas.
 */
export function toLocalZone(lon: number, lat: number, meridian: number): [number, number] {
  const [x, y] = converter(meridian, 500_000).forward([lon, lat]);
  return [x!, y!];
}

/** The inverse of {@link toLocalZone}. */
export function fromLocalZone(x: number, y: number, meridian: number): [number, number] {
  const [lon, lat] = converter(meridian, 500_000).inverse([x, y]);
  return [lon!, lat!];
}

/** easting, northing in metres of a zone given by its id (`EPSG:4526`) → lon, lat in degrees (EPSG:4490). @throws Problem crs_* */
export function zoneToLonLat(id: string, easting: number, northing: number): [number, number] {
  return toLonLat(parseCrs(id), easting, northing);
}
