/** What travels between the server's thread and PGlite's. */
export interface WorkerSettings {
  directory: string;
  fsync: boolean;
}

export type ToWorker = { kind: 'exec'; id: number; bytes: Uint8Array } | { kind: 'close'; id: number };

/** `thrown`: C++ exceptions since the worker was opened */
export type FromWorker =
  | { kind: 'open' }
  | { kind: 'failed'; reason: string }
  | { kind: 'answer'; id: number; bytes: Uint8Array; thrown: number }
  | { kind: 'error'; id: number; reason: string };
