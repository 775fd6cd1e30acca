import type { Readable } from 'node:stream';

export interface Blob {
  /** hexadecimal */
  sha256: string;
  bytes: number;
}

/**
 * Where the bytes of files lie, each under its SHA-256 (hexadecimal), so that the same content is there once. A folder
 * today; put, get, head, delete and list are what an S3-compatible store has too. Errors of the medium pass unchanged.
 */
export interface BlobStore {
  /**
   * Takes a finished local file over: it may be moved, and is not to be used afterwards. When this resolves the content
   * survives a power cut; until then it is not there under its hash.
   */
  put(path: string, sha256: string): Promise<void>;
  /** The content; the stream fails where it does not have its hash. Rejects with ENOENT where it is not there. */
  open(sha256: string): Promise<Readable>;
  /** Bytes; null: not there. */
  size(sha256: string): Promise<number | null>;
  /** No error where it is not there. */
  remove(sha256: string): Promise<void>;
  list(): AsyncIterable<Blob>;
}
