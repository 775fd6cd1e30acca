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
        const crs = file.fields.crs;
        const read = await readUpload(file, crs ? { crs } : {});
        const id = createHash('sha256').update(file.bytes).digest('hex').slice(0, 32);
        const headers = { 'Cache-Control': 'private, no-store' };
        return new Reply(localise({ id, ...read }, language), { headers });
      },
    }),
  ];
}
