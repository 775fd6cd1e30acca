export { checkArchive } from './check_archive.ts';
export { MAX_ARCHIVE_ENTRIES, MAX_UNPACKED_BYTES } from './limits.ts';
export { type ArchiveEntry, readArchive } from './read_archive.ts';
