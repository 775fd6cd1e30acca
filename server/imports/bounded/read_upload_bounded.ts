import type { ReadBatch } from '../read_batch.ts';
import type { UploadOptions } from '../read_upload.ts';
import type { ReadUpload } from '../types.ts';
import { type FileToRead, ReaderPool } from './reader_pool.ts';

/** What reading one upload may take; more threads would leave no processor for the rest of the server. */
export const READER = {
  boot: new URL('./reader_worker_boot.mjs', import.meta.url),
  threads: 2,
  waiting: 16,
  limitMs: 20_000,
  memoryMb: 512,
  idleMs: 60_000,
} as const;

const pool = new ReaderPool(READER);

/**
 * `readUpload` in a thread of its own, bounded in time and memory: a file that asks for too much ends its thread, not the
 * server. Bytes are handed over: the caller's buffer is empty afterwards; a function is asked for them in its turn.
 * @throws Problem busy, file_too_slow, file_too_complex, and those of readUpload
 */
export function readUploadBounded(file: FileToRead, options: UploadOptions = {}): Promise<ReadUpload> {
  return pool.read(file, options);
}

/**
 * A batch is read by a thread of its own kind: one file at a time, and its memory goes back at once. Less memory makes
 * it collect earlier: a million vertices fit.
 */
export const BATCH_READER = {
  ...READER,
  threads: 1,
  waiting: 4,
  limitMs: 60_000,
  idleMs: 1_000,
  memoryMb: 256,
} as const;

const batchPool = new ReaderPool(BATCH_READER);

/** `readBatch` within bounds of time and memory, as {@link readUploadBounded}. */
export function readBatchBounded(file: FileToRead, options: UploadOptions = {}): Promise<ReadBatch> {
  return batchPool.readBatch(file, options);
}
