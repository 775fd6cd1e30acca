/** What one upload may hold. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;
export const MAX_FEATURES = 5_000;
export const MAX_FILE_VERTICES = 200_000;
/** What the file of a batch may hold. */
export const MAX_BATCH_FILE_BYTES = 50 * 1024 * 1024;
export const MAX_BATCH_FEATURES = 20_000;
export const MAX_BATCH_VERTICES = 1_000_000;
/** 3,000 km²: any county of Henan's plains and hills; a job has the time for it, a request has not. */
export const MAX_BATCH_AREA_M2 = 3_000_000_000;
/** The attributes of one record of a batch, bytes of JSON; fields beyond are left out. */
export const MAX_ATTRIBUTE_BYTES = 8_192;
/** Remarks on a file of a batch as a whole that are kept. */
export const MAX_FILE_NOTES = 100;
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
/** Deeper XML is neither KML nor a sheet. */
export const MAX_XML_DEPTH = 64;
/** Tags of one XML text; each costs memory beyond its letters. */
export const MAX_XML_TAGS = 300_000;
/** Letters of one tag, its attributes included. */
export const MAX_XML_TAG_LENGTH = 8_192;
/** Letters of one line of a table, and its columns; what lies beyond holds no points. */
export const MAX_LINE_LENGTH = 8_192;
export const MAX_COLUMNS = 64;
