/**
 * The official ellipsoidal area of a 图斑 (图幅理论面积与图斑椭球面积计算公式及要求, carried on in TD/T 1055), with the first
 * eccentricity. A second road to the area, for tests only: trapezoids between each edge and the prime meridian.
 */
const B_AXIS = 6356752.31414036;
const E2 = 0.0066943800229;
const RAD = Math.PI / 180;

const powers = [1, E2, E2 ** 2, E2 ** 3, E2 ** 4] as const;
const series = (terms: number[]) => terms.reduce((sum, term, i) => sum + term * powers[i]!, 0);
const A = series([1, 3 / 6, 30 / 80, 35 / 112, 630 / 2304]);
const B = series([0, 1 / 6, 15 / 80, 21 / 112, 420 / 2304]);
const C = series([0, 0, 3 / 80, 7 / 112, 180 / 2304]);
const D = series([0, 0, 0, 1 / 112, 45 / 2304]);
const E = series([0, 0, 0, 0, 5 / 2304]);

/** Signed area in m² of a closed or open ring of lon, lat in degrees (CGCS2000). */
function ringArea(ring: readonly (readonly number[])[]): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i++) {
    const [l1, b1] = ring[i]!.map((v) => v * RAD) as [number, number];
    const [l2, b2] = ring[(i + 1) % ring.length]!.map((v) => v * RAD) as [number, number];
    const [dB, bm, dL] = [b2 - b1, (b1 + b2) / 2, (l1 + l2) / 2];
    sum +=
      2 *
      B_AXIS ** 2 *
      dL *
      (A * Math.sin(dB / 2) * Math.cos(bm) -
        B * Math.sin((3 * dB) / 2) * Math.cos(3 * bm) +
        C * Math.sin((5 * dB) / 2) * Math.cos(5 * bm) -
        D * Math.sin((7 * dB) / 2) * Math.cos(7 * bm) +
        E * Math.sin((9 * dB) / 2) * Math.cos(9 * bm));
  }
  return sum;
}

/** Area in m² of one polygon: rings of lon, lat in degrees, the first one minus all others. */
export function officialArea(ringsLonLat: number[][][]): number {
  return ringsLonLat.reduce((sum, ring, i) => sum + (i === 0 ? 1 : -1) * Math.abs(ringArea(ring)), 0);
}
