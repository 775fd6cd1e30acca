/** What travels between the server's thread and PGlite's. */
export interface WorkerSettings {
  directory: string;
  fsync: boolean;
  /** gzipped tar of a prepared data folder; only for a folder that is still empty */
  template: Uint8Array | null;
}

export type ToWorker =
  | { kind: 'exec'; id: number; bytes: Uint8Array }
  | { kind: 'dump'; id: number }
  | { kind: 'close'; id: number };

/** `thrown`: C++ exceptions since the worker was opened */
export type FromWorker =
  | { kind: 'open' }
  | { kind: 'failed'; reason: string }
  | { kind: 'answer'; id: number; bytes: Uint8Array; thrown: number }
  | { kind: 'error'; id: number; reason: string };
