export type Reach = 'inside' | 'outside' | 'unknown';

/**
 * Whether a rule of `region` (beginning of a division code; undefined: the whole country) holds at `place`.
 * `unknown`: nobody knows where the place is, or not finely enough.
 */
export function reachOf(region: string | undefined, place: string | undefined): Reach {
  if (region === undefined) return 'inside';
  if (place === undefined) return 'unknown';
  if (place.startsWith(region)) return 'inside';
  return region.startsWith(place) ? 'unknown' : 'outside';
}

/** The smallest region that holds all of `counties` (6 digits each): county, city or province; undefined: none does. */
export function regionOf(counties: readonly string[]): string | undefined {
  return [6, 4, 2]
    .map((digits) => counties[0]?.slice(0, digits))
    .find((region) => region !== undefined && counties.every((county) => county.startsWith(region)));
}
