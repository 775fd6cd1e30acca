/**
 * GCJ-02, the shifted coordinates of Chinese web maps. The shift itself is not published; this is the formula that
 * circulates since 2010 (eviltransform, MIT; the same in gcoord, MIT), on the Krasovsky ellipsoid.
 */
const A = 6378245;
const EE = 0.006693421622965943;
const RAD = Math.PI / 180;

function wave(value: number): number {
  return (20 * Math.sin(6 * value * Math.PI) + 20 * Math.sin(2 * value * Math.PI)) * (2 / 3);
}

function shift(lon: number, lat: number): [number, number] {
  const x = lon - 105;
  const y = lat - 35;
  const root = Math.sqrt(Math.abs(x));
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * root +
    wave(x) +
    (20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * (2 / 3) +
    (160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * (2 / 3);
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * root +
    wave(x) +
    (20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * (2 / 3) +
    (150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * (2 / 3);
  const sin = Math.sin(lat * RAD);
  const w = 1 - EE * sin * sin;
  const degreesNorth = (north * 180) / (((A * (1 - EE)) / (w * Math.sqrt(w))) * Math.PI);
  const degreesEast = (east * 180) / ((A / Math.sqrt(w)) * Math.cos(lat * RAD) * Math.PI);
  return [degreesEast, degreesNorth];
}

/** lon, lat in degrees WGS 84 (taken as EPSG:4490) → GCJ-02. */
export function toGcj02(lon: number, lat: number): [number, number] {
  const [east, north] = shift(lon, lat);
  return [lon + east, lat + north];
}

/** lon, lat in degrees GCJ-02 → WGS 84 (taken as EPSG:4490). Fixed-point iteration to 10⁻¹¹ degrees (1 µm). */
export function fromGcj02(lon: number, lat: number): [number, number] {
  let [x, y] = [lon, lat];
  for (let i = 0; i < 20; i++) {
    const [gx, gy] = toGcj02(x, y);
    const [dx, dy] = [lon - gx, lat - gy];
    x += dx;
    y += dy;
    if (Math.abs(dx) + Math.abs(dy) < 1e-11) break;
  }
  return [x, y];
}
