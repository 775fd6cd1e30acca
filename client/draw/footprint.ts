import type { Polygon } from 'geojson';
import { convergence, offset } from './ellipsoid.ts';

/** A rectangle somebody is setting down. */
export interface FootprintDraft {
  /** lon, lat CGCS2000 (WGS 84 is taken as the same); null: not set down yet */
  center: [number, number] | null;
  /** across the bearing, m */
  width_m: number;
  /** along the bearing, m */
  depth_m: number;
  /** of the depth, degrees clockwise from grid north, -90 to 90: a rectangle looks the same after half a turn */
  bearing_deg: number;
  /** of the centre where it came from a positioning, m */
  accuracy_m: number | null;
}

export const EMPTY_FOOTPRINT: FootprintDraft = {
  center: null,
  width_m: 10,
  depth_m: 13,
  bearing_deg: 0,
  accuracy_m: null,
};

/** What the contract takes for a side, m. */
export const SIDE_M = { least: 0.5, most: 2000 } as const;

/** Width × depth, m: house plots of about 130, 167 and 200 m², and two farm buildings. */
export const PRESETS = [
  [10, 13],
  [12, 13.9],
  [10, 20],
  [8, 60],
  [12, 80],
] as const satisfies readonly (readonly [number, number])[];

/** A side as it was typed, m; null for what the contract would refuse. */
export function readSide(text: string): number | null {
  const written = text.trim().replace('。', '.').replace(/[,，]/, '.');
  const side = /^\d+(\.\d*)?$/.test(written) ? Number(written) : Number.NaN;
  return side >= SIDE_M.least && side <= SIDE_M.most ? side : null;
}

/** Any bearing as the same rectangle's between -90 (west) and 90 (east) degrees. */
export function halfTurn(bearing_deg: number): number {
  const turned = (((bearing_deg + 90) % 180) + 180) % 180;
  return turned === 0 && bearing_deg > 0 ? 90 : turned - 90;
}

/** Where the rectangle lies, to a few centimetres: a preview, the server measures it in the zone. */
export function previewFootprint(draft: FootprintDraft): Polygon | null {
  const { center, width_m, depth_m } = draft;
  if (center === null) return null;
  const bearing = ((draft.bearing_deg + convergence(...center)) * Math.PI) / 180;
  const [sin, cos] = [Math.sin(bearing), Math.cos(bearing)];
  const corner = (across: number, along: number) => {
    const [u, v] = [(across * width_m) / 2, (along * depth_m) / 2];
    return offset(center, u * cos + v * sin, -u * sin + v * cos);
  };
  const ring = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
  return { type: 'Polygon', coordinates: [[...ring, ring[0]!]] };
}
