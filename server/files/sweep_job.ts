import { z } from 'zod';
import type { JobKind, Schedule } from '../jobs/index.ts';
import { messageText } from '../messages/index.ts';
import type { BlobStore } from './storage/types.ts';
import { sweepFiles } from './sweep.ts';

/** Sweeps the store. A second try, or a second sweep at once, does no harm. */
export function sweepJob(store: BlobStore): JobKind<null> {
  return {
    kind: 'file_sweep',
    title: messageText('files.sweep_job'),
    input: z.null(),
    right: 'installation.manage',
    maxAttempts: 2,
    asOwner: true,
    run: ({ database, signal }) => sweepFiles(database, store, signal),
  };
}

/** Every night, when few people upload. */
export function sweepSchedule(store: BlobStore): Schedule {
  return { kind: sweepJob(store) as JobKind, input: null, at: '03:40', timeZone: 'local' };
}
