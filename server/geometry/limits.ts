/** What one shape may be; metres, square metres, degrees (EPSG:4490). */
export const MAX_VERTICES = 20_000;
/** A public check is about a plot; larger shapes are planners' work. */
export const MAX_CHECK_VERTICES = 5_000;
export const MIN_AREA_M2 = 0.01;
/** 100 km²: well above a village, far below a county, which is the work of a job. */
export const MAX_AREA_M2 = 100_000_000;
/** west, south, east, north of the land territory and the islands, in degrees */
export const CHINA_EXTENT = [73, 3, 136, 54] as const;
/** Sides of the polygon that stands for the disc around a point. */
export const DISC_SIDES = 64;
/** Radius of the disc of a point whose accuracy is not known; such a point can never be `clear`. */
export const POINT_RADIUS_M = 1;
