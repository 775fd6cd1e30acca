import type { Place } from '../../contract/index.ts';
import type { Text } from '../../messages/index.ts';
import type { ProblemCode } from '../../problems.ts';
import type { ReadBatch } from '../read_batch.ts';
import type { UploadOptions } from '../read_upload.ts';
import type { ReadUpload } from '../types.ts';

/** What a reading thread is asked. `bytes` is handed over, not copied. */
export interface ToReader {
  name: string;
  bytes: Uint8Array;
  options: UploadOptions;
  /** as the shapes of a map, or packed as the records of a batch */
  as?: 'upload' | 'batch';
}

/** What a reading thread says: `ready` once, then one of the others for each file. */
export type FromReader =
  | { kind: 'ready' }
  | { kind: 'read'; upload: ReadUpload }
  | { kind: 'batch'; batch: ReadBatch }
  | {
      kind: 'problem';
      code: ProblemCode;
      params: Record<string, string | number | Text>;
      where: Place | undefined;
    }
  | { kind: 'failed'; reason: string };
