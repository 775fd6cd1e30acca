import { Problem } from '../problems.ts';
import { type Crs, findCrs, findZone } from './crs.ts';

/** What a file says about its system; `text` is how it says it. */
export interface Declared {
  text: string;
  crs?: Crs;
  /** 几度分带 */
  width?: 3 | 6 | undefined;
  /** 带号 */
  number?: number | undefined;
  /** 中央子午线, degrees */
  meridian?: number | undefined;
}

export interface Recognised {
  crs: Crs;
  by: 'option' | 'declared' | 'prefix' | 'degrees' | 'zone';
}

function contradiction(a: string, b: string): Problem {
  return new Problem('crs_contradiction', { params: { a, b } });
}

/** What the size of a typical coordinate says: degrees, the zone number at the front of the easting, or only metres. */
function byMagnitude(
  easting: number,
  northing: number,
): { degrees: true } | { prefix: Crs } | { metres: true } | null {
  if (Math.abs(easting) <= 180 && Math.abs(northing) <= 180) return { degrees: true };
  if (northing < 300_000 || northing > 6_100_000) return null;
  if (easting >= 10_000_000) {
    const number = Math.floor(easting / 1_000_000);
    const prefix = findZone(number >= 25 ? 3 : 6, number, true);
    return prefix ? { prefix } : null;
  }
  return easting >= 0 && easting < 1_000_000 ? { metres: true } : null;
}

function fits(crs: Crs, seen: ReturnType<typeof byMagnitude>): boolean {
  if (!seen) return false;
  if ('degrees' in seen) return crs.zone === null;
  if (!crs.zone) return false;
  return 'prefix' in seen ? seen.prefix.id === crs.id : !crs.zone.prefixed;
}

function declaredZone({ width, number, meridian }: Declared): Crs | undefined {
  if (meridian !== undefined) {
    const crs = meridian % 3 === 0 ? findZone(3, meridian / 3, false) : undefined;
    if (crs && number !== undefined && zoneMeridian(number, width) !== meridian) return undefined;
    return crs;
  }
  return number === undefined ? undefined : findZone(width ?? (number >= 25 ? 3 : 6), number, false);
}

function zoneMeridian(number: number, width: 3 | 6 | undefined): number {
  return (width ?? (number >= 25 ? 3 : 6)) === 3 ? 3 * number : 6 * number - 3;
}

/**
 * The CRS of a file, from what the user stated, what the file declares and a typical coordinate (easting, northing in
 * metres, or longitude, latitude in degrees). Whatever contradicts is refused, whatever stays open is not guessed.
 * @throws Problem crs_contradiction, crs_ambiguous, crs_unknown, coordinates_swapped
 */
export function recogniseCrs(
  typical: readonly [number, number],
  declared: Declared | null,
  option?: Crs,
): Recognised {
  const [x, y] = typical;
  const seen = byMagnitude(x, y);
  const seenText = `X=${y}, Y=${x}`;
  if (!seen && byMagnitude(y, x)) {
    throw new Problem('coordinates_swapped', { params: { x, y, part: 1, ring: 1, point: '1' } });
  }
  const stated = option ?? declared?.crs;
  if (option && declared?.crs && option.id !== declared.crs.id) throw contradiction(option.id, declared.text);
  if (stated) {
    if (!fits(stated, seen)) throw contradiction(stated.id, seenText);
    if (declared && !agrees(stated, declared)) throw contradiction(stated.id, declared.text);
    return { crs: stated, by: option ? 'option' : 'declared' };
  }
  if (!seen) throw new Problem('crs_unknown', { params: { crs: seenText } });
  if ('degrees' in seen) return { crs: findCrs('EPSG:4490')!, by: 'degrees' };
  if ('prefix' in seen) {
    if (declared && !agrees(seen.prefix, declared)) throw contradiction(declared.text, seenText);
    return { crs: seen.prefix, by: 'prefix' };
  }
  if (!declared) throw new Problem('crs_ambiguous');
  const crs = declaredZone(declared);
  if (!crs && (declared.number !== undefined || declared.meridian !== undefined)) {
    throw new Problem('crs_unknown', { params: { crs: declared.text } });
  }
  if (!crs || !agrees(crs, declared)) throw new Problem('crs_ambiguous');
  return { crs, by: 'zone' };
}

function agrees(crs: Crs, { width, number, meridian }: Declared): boolean {
  if (!crs.zone) return true;
  if (meridian !== undefined && meridian !== crs.zone.central_meridian) return false;
  if (number !== undefined && zoneMeridian(number, width) !== crs.zone.central_meridian) return false;
  return width === undefined || !crs.zone.prefixed || width === crs.zone.width;
}
