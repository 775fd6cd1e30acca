import type { Readable } from 'node:stream';
import type { Knex } from 'knex';
import { blobStore, referencedBlobs } from '../files/index.ts';
import { hasTable } from './catalogue_queries.ts';

/** What recovery needs of the store of files (server/files): contents under their SHA-256, which never change. */
export interface Blobs {
  /** Bytes; null: not there. */
  size(sha256: string): Promise<number | null>;
  /** The content; the stream fails where it does not have its hash. */
  open(sha256: string): Promise<Readable>;
  /** Takes a finished local file over; durable when it resolves. */
  put(path: string, sha256: string): Promise<void>;
}

/** The file store, as the composition root hands it over. */
export interface FileStore {
  /** the store below a data folder */
  at(dataFolder: string): Blobs;
  /** SHA-256 of every content that the rows of this snapshot refer to */
  names(db: Knex): Promise<string[]>;
}

/** Whether a content is there and has its hash; reads it once. Errors of the disk are thrown. */
export async function isIntact(blobs: Blobs, sha256: string): Promise<boolean> {
  try {
    for await (const _bytes of await blobs.open(sha256));
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || code === 'ENOENT') return false;
    throw error;
  }
}

/** The installation's own; a database of before there were files has none. */
export const FILE_STORE: FileStore = {
  at: blobStore,
  names: async (db) => ((await hasTable(db, 'stored_file')) ? referencedBlobs(db) : []),
};
