import type { FilePurpose } from '../contract/index.ts';

const MB = 1024 * 1024;

/** One file, by what it is for; `upload` has passed the bounds of the reader. */
export const MAX_BYTES_FOR: Readonly<Record<Exclude<FilePurpose, 'upload'>, number>> = {
  picture: 20 * MB,
  document: 50 * MB,
  data: 50 * MB,
};
export const MAX_STORED_BYTES = 50 * MB;
/** A file up to this size is checked before the answer; a larger one by a job. */
export const MAX_CHECK_AT_ONCE_BYTES = 16 * MB;
/** What one person may upload in 24 hours, bytes. */
export const QUOTA_BYTES = 2048 * MB;
/** Pixels of a picture as it comes: above what phones take (108 million). */
export const MAX_PIXELS = 120_000_000;
/** Long side of the copy that is shown, pixels. */
export const PICTURE_SIDE = 1_600;
/** Checks at once, and files that wait for one; a decoded picture, or an archive, is in memory for each at once. */
export const CHECKS_AT_ONCE = 2;
export const CHECKS_WAITING = 60;
/** A name, bytes of UTF-8: what every file system takes. */
export const MAX_NAME_BYTES = 180;
/** How long content stays after the last record that named it has gone. */
export const UNREFERENCED_HOURS = 24;
