import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Datum, UploadAnswer } from '../contract/index.ts';
import type { KeepUpload } from '../files/index.ts';
import { type Endpoint, endpoint, invalidRequest, Reply, type UploadedFile } from '../http/index.ts';
import { localise } from '../messages/index.ts';
import { readUploadBounded } from './bounded/read_upload_bounded.ts';
import { MAX_FILE_BYTES } from './limits.ts';
import type { UploadOptions } from './read_upload.ts';

/** What a file can be refused for. */
export const FILE_PROBLEMS = [
  'token_invalid',
  'csrf_refused',
  'form_limits',
  'upload_too_slow',
  'storage_full',
  'file_quota',
  'file_missing',
  'file_empty',
  'file_too_large',
  'file_format_unknown',
  'file_unreadable',
  'file_no_shapes',
  'archive_limits',
  'archive_unsafe',
  'encoding_unknown',
  'xml_unsafe',
  'columns_unknown',
  'file_too_complex',
  'file_too_slow',
  'busy',
  'crs_unknown',
  'crs_contradiction',
  'crs_datum_refused',
  'crs_ambiguous',
  'too_many_features',
  'too_many_vertices',
  'too_deep',
  'coordinates_swapped',
] as const;

const blankIsNone = (value: unknown) => (value === '' ? undefined : value);
/** What the form says about the coordinates besides the file; a field left blank says nothing. */
const UploadFields = z.object({
  crs: z.preprocess(blankIsNone, z.string().max(120).optional()),
  datum: z.preprocess(blankIsNone, Datum.optional()),
});

function optionsOf(fields: Record<string, string>): UploadOptions {
  const { data, error } = UploadFields.safeParse(fields);
  if (data) return data;
  throw invalidRequest(error, fields);
}

/** `keep` is asked once a file has been read. */
export function importRoutes(keep: KeepUpload): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/api/uploads',
      summary:
        'Reads a file of shapes: boundary points (TXT), Shapefile (ZIP), GeoJSON, KML or KMZ, points as CSV or XLSX. Form fields besides `file`: `crs` (EPSG:4526 …), `datum` (cgcs2000, wgs84, gcj02). `id` is the fingerprint of its bytes; nothing is kept, unless somebody signed in with files.write sends it: then `file_id` is its record.',
      access: 'optional',
      reply: UploadAnswer,
      multipart: { maxBytes: MAX_FILE_BYTES, fields: UploadFields },
      transaction: false,
      problems: FILE_PROBLEMS,
      handle: async ({ body, who, language }) => {
        const file = body as UploadedFile;
        const options = optionsOf(file.fields);
        const read = await readUploadBounded({ name: file.name, bytes: () => readFile(file.path) }, options);
        const file_id = await keep(who, file, read.format);
        const headers = { 'Cache-Control': 'private, no-store' };
        const { format, crs, features, notes } = read;
        const answer = {
          id: file.sha256.slice(0, 32),
          ...(file_id === null ? {} : { file_id }),
          format,
          // not the features: a file's own attributes may look like a text in both languages
          crs: localise(crs, language),
          features: { type: 'FeatureCollection', features },
          notes: localise(notes, language),
        };
        return new Reply(answer, { headers });
      },
    }),
  ];
}
