import type { Knex } from 'knex';
import type { Who } from '../actor.ts';
import type { UploadAnswer } from '../contract/index.ts';
import { type Database, enterScope } from '../db/index.ts';
import { areasWith } from '../rights.ts';
import { areaFor } from './area_for.ts';
import { described, putAway } from './check_file.ts';
import type { CheckJob } from './check_job.ts';
import type { KindName } from './detect.ts';
import { recordFile } from './record_file.ts';
import type { BlobStore } from './storage/types.ts';
import type { CheckedFile, ReceivedFile } from './types.ts';

/** Keeps a file of shapes that has been read, for a person who may; null: nobody is signed in, or without the right. */
export type KeepUpload = (
  who: Who,
  file: ReceivedFile,
  format: UploadAnswer['format'],
) => Promise<string | null>;

const KIND: Readonly<Record<UploadAnswer['format'], KindName>> = {
  txt: 'text',
  shapefile: 'zip',
  geojson: 'geojson',
  kml: 'kml',
  csv: 'csv',
  xlsx: 'xlsx',
  gpkg: 'gpkg',
};

/** Keeps a file of shapes in two steps, for a verb that makes something of it. */
export interface UploadKeeper {
  /** puts the bytes away, before the verb's transaction */
  take(file: ReceivedFile, format: UploadAnswer['format']): Promise<CheckedFile>;
  /** records them in it, for an area in which the person has files.write; answers the record's id */
  record(db: Knex.Transaction, who: Who, file: CheckedFile, division_code: string): Promise<string>;
}

/** Throws `storage_full`, `file_quota`. */
export function uploadKeeper(store: BlobStore, checkJob: CheckJob): UploadKeeper {
  return {
    take: async (file, format) => {
      await putAway(store, file.path, file.sha256);
      return {
        purpose: 'upload',
        bytes: file.bytes,
        sha256: file.sha256,
        picture_sha256: null,
        status: 'accepted',
        ...described(KIND[format], file),
      };
    },
    record: async (db, who, file, division_code) =>
      (await recordFile(db, who, store, file, division_code, checkJob)).id,
  };
}

/** Opens a transaction of its own: reading a file, which comes before, holds none. Throws `storage_full`, `file_quota`. */
export function keepUpload(
  database: () => Database | null,
  store: BlobStore,
  checkJob: CheckJob,
): KeepUpload {
  const keeper = uploadKeeper(store, checkJob);
  return async (who, file, format) => {
    const { actor } = who;
    const open = database();
    if (actor === null || actor.password_change_required || open === null) return null;
    const areas = areasWith('files.write', actor.assignments, actor.token);
    if (areas.length === 0) return null;
    const checked = await keeper.take(file, format);
    return open.knex.transaction(async (db) => {
      await enterScope(db, { role: 'cunma_app', account: actor.account_id, areas });
      return keeper.record(db, who, checked, areaFor(actor, areas));
    });
  };
}
