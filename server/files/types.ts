import type { Readable } from 'node:stream';
import type { FilePurpose } from '../contract/index.ts';
import type { Text } from '../messages/index.ts';

/** An upload on disk; `name` is a claim. */
export interface ReceivedFile {
  path: string;
  bytes: number;
  /** hexadecimal */
  sha256: string;
  name: string;
}

/** A file whose content has been looked at, or is to be looked at by a job. */
export interface CheckedFile {
  purpose: FilePurpose;
  /** harmless */
  name: string;
  media_type: string;
  bytes: number;
  sha256: string;
  /** the copy to be shown, in the store */
  picture_sha256: string | null;
  status: 'quarantine' | 'accepted';
}

/** Why a file was rejected, as it is stored with it. */
export interface StoredProblem {
  code: string;
  title: Text;
  detail: Text;
}

/** A folder for what is being worked on; nothing in it outlives a crash. */
export interface Scratch {
  write(source: Readable): Promise<Omit<ReceivedFile, 'name'>>;
  remove(path: string): Promise<void>;
}
