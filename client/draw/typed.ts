/** A number with degrees, and minutes and seconds where given: 113°14′24.36″, 113度14分24.36秒, 113°14.406′. */
const BODY = String.raw`-?\d{1,3}(?:\.\d+)?\s*[°º度](?:\s*\d{1,2}(?:\.\d+)?\s*['’′分](?:\s*\d{1,2}(?:\.\d+)?\s*(?:["”″秒]|''|’’|′′))?)?`;
/** N, E … stand before the number or behind it, never on both sides. */
const ANGLE = new RegExp(String.raw`[NSEW]\s*${BODY}|${BODY}(?:\s*[NSEW](?!\d))?`, 'gi');
const LINE_END = /\r\n|\r|\n/;
const SEPARATORS = /[\s,，;；、|]+/;
const BOUNDARY_FILE = /^\s*\[|@\s*$/m;

/** The parts of one typed line: an optional name and two numbers or angles, whatever separates them. */
export function lineParts(line: string): string[] {
  const joined = line.replace(ANGLE, (angle) => ` ${angle.replace(/\s+/g, '')} `);
  return joined.split(SEPARATORS).filter((part) => part !== '');
}

/**
 * What was typed as a file that the server reads: one point per line as CSV, with the same line numbers as in the box;
 * where some points have names, the others get an empty one.
 * A text that is a boundary-point file already goes as it is. null: nothing was typed.
 */
export function typedFile(text: string): File | null {
  if (text.trim() === '') return null;
  if (BOUNDARY_FILE.test(text)) return new File([text], 'typed.txt', { type: 'text/plain' });
  const rows = text.split(LINE_END).map(lineParts);
  const named = rows.some((parts) => parts.length === 3);
  const lines = rows.map((parts) =>
    (named && parts.length === 2 ? ['', ...parts] : parts).map(quoted).join(','),
  );
  return new File([lines.join('\n')], 'typed.csv', { type: 'text/csv' });
}

const quoted = (part: string) => (/["]/.test(part) ? `"${part.replaceAll('"', '""')}"` : part);

const ZONE_NUMBER = /^-?\d{6,8}(\.\d*)?$/;

/** Whether something typed is in degrees: then it matters which app it comes from. Zone coordinates come from surveys only. */
export function hasDegrees(text: string): boolean {
  return text.split(LINE_END).some((line) => {
    const parts = lineParts(line);
    const numbers = parts.filter((part) => /^[NSEW]?-?\d/i.test(part));
    return numbers.length >= 2 && !parts.some((part) => ZONE_NUMBER.test(part));
  });
}

/** One angle in decimal degrees or with minutes and seconds; null for what is none. */
export function readAngle(part: string): number | null {
  const found =
    /^[NSEW]?(-?\d{1,3}(?:\.\d+)?)(?:[°º度](?:(\d{1,2}(?:\.\d+)?)['’′分](?:(\d{1,2}(?:\.\d+)?)(?:["”″秒]|''|’’|′′))?)?)?[NSEW]?$/i.exec(
      part,
    );
  if (found === null) return null;
  const [minutes, seconds] = [Number(found[2] ?? 0), Number(found[3] ?? 0)];
  if (minutes >= 60 || seconds >= 60) return null;
  const whole = Number(found[1]);
  return (whole < 0 ? -1 : 1) * (Math.abs(whole) + minutes / 60 + seconds / 3600);
}

export interface TypedPosition {
  /** lon, lat, or easting, northing where `crs` is set */
  coordinates: [number, number];
  crs: string | null;
}

/** EPSG code of the CGCS2000 zone that an easting of 8 digits names (TD/T 1055: 3° zones 25 to 45; 6° zones 13 to 23). */
function zoneOf(easting: number): string | null {
  const prefix = Math.floor(easting / 1e6);
  if (prefix >= 25 && prefix <= 45) return `EPSG:${4488 + prefix}`;
  if (prefix >= 13 && prefix <= 23) return `EPSG:${4478 + prefix}`;
  return null;
}

const isLongitude = (value: number) => value >= 73 && value <= 136;
const isLatitude = (value: number) => value >= 3 && value <= 54;

/**
 * One typed position. In China a longitude cannot be a latitude, nor a prefixed easting a northing, so both orders are
 * understood; anything else is null.
 */
export function readPosition(text: string): TypedPosition | null {
  const parts = lineParts(text);
  if (parts.length !== 2) return null;
  const [a, b] = parts.map((part) => (ZONE_NUMBER.test(part) ? Number(part) : readAngle(part)));
  if (typeof a !== 'number' || typeof b !== 'number') return null;
  for (const [x, y] of [
    [a, b],
    [b, a],
  ] as const) {
    if (isLongitude(x) && isLatitude(y)) return { coordinates: [x, y], crs: null };
    const crs = zoneOf(x);
    if (crs !== null && y > 300_000 && y < 6_000_000) return { coordinates: [x, y], crs };
  }
  return null;
}
