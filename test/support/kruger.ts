/**
 * Gauss-Krüger forward projection on CGCS2000 by Krüger's series in n (Karney 2011, Transverse Mercator with an accuracy
 * of a few nanometers, eqs. 7-11, 35), written for tests: a second opinion on the projection library.
 */
const A = 6378137;
const F = 1 / 298.257222101;
const N = F / (2 - F);
const E1 = Math.sqrt(F * (2 - F));
const RAD = Math.PI / 180;

const RADIUS = (A / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64 + N ** 6 / 256);
const ALPHA = [
  N / 2 - (2 / 3) * N ** 2 + (5 / 16) * N ** 3 + (41 / 180) * N ** 4,
  (13 / 48) * N ** 2 - (3 / 5) * N ** 3 + (557 / 1440) * N ** 4,
  (61 / 240) * N ** 3 - (103 / 140) * N ** 4,
  (49561 / 161280) * N ** 4,
];

/** lon, lat in degrees → easting, northing in metres; scale 1 on the central meridian. */
export function kruger(
  lon: number,
  lat: number,
  centralMeridian: number,
  falseEasting: number,
): [number, number] {
  const tau = Math.tan(lat * RAD);
  const sigma = Math.sinh(E1 * Math.atanh((E1 * tau) / Math.hypot(1, tau)));
  const tau1 = tau * Math.hypot(1, sigma) - sigma * Math.hypot(1, tau);
  const lambda = (lon - centralMeridian) * RAD;
  const xi1 = Math.atan2(tau1, Math.cos(lambda));
  const eta1 = Math.asinh(Math.sin(lambda) / Math.hypot(tau1, Math.cos(lambda)));
  let [xi, eta] = [xi1, eta1];
  ALPHA.forEach((alpha, i) => {
    const k = 2 * (i + 1);
    xi += alpha * Math.sin(k * xi1) * Math.cosh(k * eta1);
    eta += alpha * Math.cos(k * xi1) * Math.sinh(k * eta1);
  });
  return [falseEasting + RADIUS * eta, RADIUS * xi];
}
