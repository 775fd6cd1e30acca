import { z } from 'zod';
import { FileFilter, FileForm, FileId, FileList, StoredFile } from '../contract/index.ts';
import { type Endpoint, endpoint, invalidRequest, Reply, type UploadedFile } from '../http/index.ts';
import { areaFor } from './area_for.ts';
import { takeIn } from './check_file.ts';
import type { CheckJob } from './check_job.ts';
import { attachment, contentHeaders } from './content_headers.ts';
import { MAX_STORED_BYTES } from './limits.ts';
import { PICTURE_TYPE } from './picture.ts';
import { enterReading, filePage, findFile, openContent, removeFile, showFile } from './read_files.ts';
import { recordFile } from './record_file.ts';
import type { BlobStore } from './storage/types.ts';
import type { CheckedFile } from './types.ts';

const Id = z.object({ id: FileId });
const GIVEN = [
  'form_limits',
  'upload_too_slow',
  'file_missing',
  'file_empty',
  'file_too_large',
  'file_type_refused',
  'file_two_faced',
  'file_unreadable',
  'archive_limits',
  'archive_unsafe',
  'picture_heic',
  'picture_damaged',
  'picture_too_large',
  'file_quota',
  'too_many_jobs',
  'storage_full',
  'idempotency_mismatch',
] as const;
const CONTENT = ['sign_in_required', 'file_unknown', 'file_not_checked', 'file_rejected'] as const;

interface Prepared {
  file: CheckedFile;
  division_code: string;
}

export function fileRoutes(store: BlobStore, checkJob: CheckJob): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/api/files',
      summary:
        'Keeps a picture, a document or data. Small files are checked at once; larger ones stay in quarantine until a job has checked them. Honours Idempotency-Key.',
      access: 'files.write',
      multipart: { maxBytes: MAX_STORED_BYTES, fields: FileForm },
      idempotent: true,
      reply: StoredFile,
      status: 201,
      problems: ['sign_in_required', 'forbidden', ...GIVEN],
      prepare: async ({ body, who, areas }): Promise<Prepared> => {
        const file = body as UploadedFile;
        const form = FileForm.safeParse(file.fields);
        if (!form.success) throw invalidRequest(form.error, file.fields);
        const division_code = areaFor(who.actor!, areas, form.data.division_code);
        return { file: await takeIn(store, file, form.data.purpose), division_code };
      },
      handle: async ({ body, db, who, language }) => {
        const { file, division_code } = body as unknown as Prepared;
        const row = await recordFile(db, who, store, file, division_code, checkJob);
        return showFile(row, who.actor!.account_id, language);
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/files',
      summary: 'Files of one’s own, and those of the areas where one has files.read; newest first.',
      access: 'signed_in',
      query: FileFilter,
      reply: FileList,
      problems: ['sign_in_required', 'forbidden'],
      handle: async ({ db, who, query, language }) => {
        await enterReading(db, who.actor!);
        return filePage(db, query, who.actor!.account_id, language);
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/files/{id}',
      summary: 'One file: what it is, and how its check ended.',
      access: 'signed_in',
      params: Id,
      reply: StoredFile,
      problems: ['sign_in_required', 'forbidden', 'file_unknown'],
      handle: async ({ db, who, params, language }) => {
        await enterReading(db, who.actor!);
        return showFile(await findFile(db, params.id), who.actor!.account_id, language);
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/files/{id}/content',
      summary: 'The bytes as they came, to be saved. Repr-Digest holds their SHA-256.',
      access: 'signed_in',
      params: Id,
      reply: 'application/octet-stream',
      problems: CONTENT,
      handle: async ({ db, who, params }) => {
        await enterReading(db, who.actor!);
        const { row, bytes, stream } = await openContent(db, store, params.id, 'original');
        const digest = Buffer.from(row.sha256, 'hex').toString('base64');
        return new Reply(stream, {
          headers: {
            ...contentHeaders(row.media_type, bytes),
            'Content-Disposition': attachment(row.name),
            'Repr-Digest': `sha-256=:${digest}:`,
          },
        });
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/files/{id}/picture',
      summary: 'The copy of a picture that may be shown: drawn anew, upright, without metadata.',
      access: 'signed_in',
      params: Id,
      reply: PICTURE_TYPE,
      problems: CONTENT,
      handle: async ({ db, who, params }) => {
        await enterReading(db, who.actor!);
        const { bytes, stream } = await openContent(db, store, params.id, 'picture');
        return new Reply(stream, {
          headers: { ...contentHeaders(PICTURE_TYPE, bytes), 'Content-Disposition': 'inline' },
        });
      },
    }),
    endpoint({
      method: 'delete',
      path: '/api/files/{id}',
      summary: 'Takes back a file of one’s own.',
      access: 'files.write',
      params: Id,
      reply: z.null(),
      status: 204,
      problems: ['sign_in_required', 'forbidden', 'file_unknown'],
      handle: async ({ db, who, params }) => {
        await removeFile(db, who, params.id);
        return null;
      },
    }),
  ];
}
