export { BATCH_READER, READER, readBatchBounded, readUploadBounded } from './bounded/read_upload_bounded.ts';
export { changedVersions, rebuildVersion } from './derive_version.ts';
export * as FILE_LIMITS from './limits.ts';
export { type LoadOptions, type LoadProgress, loadVersion, loadVersions, partsOf } from './load_land.ts';
export type { BatchFault, BatchRecord, ReadBatch } from './read_batch.ts';
export type { UploadOptions } from './read_upload.ts';
export { FILE_PROBLEMS, importRoutes } from './routes.ts';
export type { ReadNote } from './types.ts';
