import { createHash } from 'node:crypto';
import { UploadAnswer } from '../contract/index.ts';
import { type Endpoint, endpoint, Reply, type UploadedFile } from '../http/index.ts';
import { localise } from '../messages/index.ts';
import { readUpload } from './read_upload.ts';

const FILE_PROBLEMS = [
  'file_missing',
  'file_empty',
  'file_too_large',
  'file_format_unknown',
  'file_unreadable',
  'file_no_shapes',
  'archive_limits',
  'archive_unsafe',
  'encoding_unknown',
  'crs_unknown',
  'crs_contradiction',
  'crs_datum_refused',
  'crs_ambiguous',
  'too_many_features',
  'too_many_vertices',
  'too_deep',
  'coordinates_swapped',
] as const;

export function importRoutes(): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/api/uploads',
      summary: 'Reads a file of shapes. `id` is the fingerprint of its bytes; nothing is kept.',
      reply: UploadAnswer,
      multipart: true,
      transaction: false,
      problems: FILE_PROBLEMS,
      handle: async ({ body, language }) => {
        const file = body as UploadedFile;
        const asked = file.fields.crs;
        const read = readUpload(file, asked ? { crs: asked } : {});
        const id = createHash('sha256').update(file.bytes).digest('hex').slice(0, 32);
        const headers = { 'Cache-Control': 'private, no-store' };
        const { format, crs, features, notes } = read;
        const answer = {
          id,
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
