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
