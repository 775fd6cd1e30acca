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
import type { ReceivedFile } from './types.ts';

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

/** Opens a transaction of its own: reading a file, which comes before, holds none. Throws `storage_full`, `file_quota`. */
export function keepUpload(
  database: () => Database | null,
  store: BlobStore,
  checkJob: CheckJob,
): KeepUpload {
  return async (who, file, format) => {
    const { actor } = who;
    const open = database();
    if (actor === null || actor.password_change_required || open === null) return null;
    const areas = areasWith('files.write', actor.assignments, actor.token);
    if (areas.length === 0) return null;
    await putAway(store, file.path, file.sha256);
    const checked = {
      purpose: 'upload',
      bytes: file.bytes,
      sha256: file.sha256,
      picture_sha256: null,
      status: 'accepted',
      ...described(KIND[format], file),
    } as const;
    return open.knex.transaction(async (db) => {
      await enterScope(db, { role: 'cunma_app', account: actor.account_id, areas });
      return (await recordFile(db, who, store, checked, areaFor(actor, areas), checkJob)).id;
    });
  };
}
