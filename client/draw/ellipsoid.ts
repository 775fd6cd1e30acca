/** CGCS2000: half axis in metres, and the square of the first eccentricity. */
const A = 6378137;
const F = 1 / 298.257222101;
const E2 = F * (2 - F);

const radians = (degrees: number) => (degrees * Math.PI) / 180;
const degrees = (radians: number) => (radians * 180) / Math.PI;

/** The position (lon, lat) that lies `east_m` and `north_m` (true north) from another; good to 1 mm within 100 m, to 1 m within 3 km. */
export function offset(from: readonly [number, number], east_m: number, north_m: number): [number, number] {
  const latitude = radians(from[1]);
  const w2 = 1 - E2 * Math.sin(latitude) ** 2;
  const meridian = (A * (1 - E2)) / w2 ** 1.5;
  const normal = A / Math.sqrt(w2);
  return [from[0] + degrees(east_m / (normal * Math.cos(latitude))), from[1] + degrees(north_m / meridian)];
}

/** How far grid north of the local 3° zone lies east of true north, in degrees, at lon, lat (first term of the series). */
export function convergence(lon: number, lat: number): number {
  return (lon - 3 * Math.round(lon / 3)) * Math.sin(radians(lat));
}
