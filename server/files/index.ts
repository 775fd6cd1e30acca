import { join } from 'node:path';
import { FolderStore } from './storage/folder_store.ts';
import type { BlobStore } from './storage/types.ts';

export { areaFor } from './area_for.ts';
export { referencedBlobs } from './blob_queries.ts';
export { type CheckJob, checkJob } from './check_job.ts';
export { type KeepUpload, keepUpload, type UploadKeeper, uploadKeeper } from './keep_upload.ts';
export * as STORED_FILE_LIMITS from './limits.ts';
export { fileRoutes } from './routes.ts';
export type { Blob, BlobStore } from './storage/types.ts';
export { type Swept, sweepFiles } from './sweep.ts';
export { sweepJob, sweepSchedule } from './sweep_job.ts';
export type { CheckedFile, ReceivedFile, Scratch } from './types.ts';

/** Where uploads land first, below the data folder. */
export function incomingFolder(dataFolder: string): string {
  return join(dataFolder, 'files', 'incoming');
}

/** The bytes of files, below the data folder. */
export function blobStore(dataFolder: string): BlobStore {
  return new FolderStore(join(dataFolder, 'files', 'blobs'));
}
