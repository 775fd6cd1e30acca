/** What one upload may hold. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;
export const MAX_FEATURES = 5_000;
export const MAX_FILE_VERTICES = 200_000;
export const MAX_ARCHIVE_ENTRIES = 1_000;
export const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;
/** Deeper JSON is no GeoJSON. */
export const MAX_JSON_DEPTH = 32;
/** A text with more lines than this that cannot be read is no list of points. */
export const MAX_UNREADABLE_LINES = 200;
/** Points nearer to the one before are duplicates, metres. */
export const DUPLICATE_M = 0.001;
/** A stated area may differ by this much, m², or by this share. */
export const AREA_TOLERANCE_M2 = 1;
export const AREA_TOLERANCE_SHARE = 1e-4;
/** Degrees beyond the edge of its zone from which a parcel is remarked on. */
export const ZONE_MARGIN = 0.5;
