/** Shapes that are measured by one statement, by engine: on the embedded one everybody else waits for so long. */
export const SLICE_SHAPES = { native: 250, embedded: 40 } as const;
/** A slice ends earlier where its shapes are large: vertices, and m² in all. */
export const SLICE_VERTICES = { native: 40_000, embedded: 6_000 } as const;
export const SLICE_M2 = { native: 50_000_000, embedded: 8_000_000 } as const;
/** Slices that are measured at once. */
export const LANES = { native: 2, embedded: 1 } as const;
/** Rows of one statement that takes records in, and of a page of an export. */
export const ROWS_AT_ONCE = 500;
/** Remarks that are shown with a batch; all of them are among its items. */
export const REMARKS_SHOWN = 200;
/** Shapes on one map with their outline; of more a point is shown. */
export const MAX_OUTLINES = 2_000;
/** Fields of the file that become columns of an export. */
export const MAX_ATTRIBUTE_COLUMNS = 60;
