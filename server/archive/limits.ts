/** What one archive may hold, whatever it says of itself. */
export const MAX_ARCHIVE_ENTRIES = 1_000;
export const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;
