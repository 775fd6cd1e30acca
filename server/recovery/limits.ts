/** A member of rows is closed once it holds so many bytes; one row may make it larger. */
export const ROWS_MEMBER_BYTES = 1024 * 1024;
/** No member of rows may be larger when it is read back: it stands in memory as a whole. */
export const MAX_ROWS_MEMBER_BYTES = 256 * 1024 * 1024;
/** The manifest names every member: some 150 bytes each. */
export const MAX_MANIFEST_BYTES = 256 * 1024 * 1024;
export const MAX_SMALL_MEMBER_BYTES = 64 * 1024;
/** A slice of rows asks for as many as make about so many bytes, judged by the slice before. */
export const SLICE_BYTES = 1024 * 1024;
export const MAX_SLICE_ROWS = 2_000;
/** Dumps that are begun anew because land was published or removed meanwhile. */
export const MAX_DUMP_ATTEMPTS = 3;
/** What the operator's command sends to a running server, bytes. */
export const MAX_ORDER_BYTES = 16 * 1024;
