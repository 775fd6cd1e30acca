import { z } from 'zod';
import { DivisionCode } from './account.ts';

/** What a file is for decides which types are taken; `upload`: shapes that were read and kept. */
export const FILE_PURPOSES = ['picture', 'document', 'data', 'upload'] as const;
export const FilePurpose = z.enum(FILE_PURPOSES);
export type FilePurpose = z.infer<typeof FilePurpose>;

export const FILE_STATUSES = ['quarantine', 'accepted', 'rejected'] as const;
export const FileStatus = z.enum(FILE_STATUSES);
export type FileStatus = z.infer<typeof FileStatus>;

export const FileId = z.string().regex(/^[1-9]\d{0,17}$/);

/** What the form says besides its `file`. */
export const FileForm = z.strictObject({
  purpose: FilePurpose.exclude(['upload']),
  division_code: DivisionCode.optional().meta({
    description:
      'the area that the file belongs to; by default the office, where the right holds there, else the first area',
  }),
});
export type FileForm = z.infer<typeof FileForm>;

export const FileFilter = z.object({
  purpose: FilePurpose.optional(),
  status: FileStatus.optional(),
  division: DivisionCode.optional(),
  mine: z.enum(['true', 'false']).optional(),
  limit: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.number().int().min(1).max(200))
    .optional(),
  before: FileId.optional().meta({ description: '`next` of the page before' }),
});
export type FileFilter = z.infer<typeof FileFilter>;

export const StoredFile = z.object({
  id: z.string(),
  purpose: FilePurpose,
  name: z.string().meta({ description: 'as it was claimed, made harmless' }),
  media_type: z.string().meta({ description: 'as the content says' }),
  bytes: z.number().int(),
  sha256: z.string().meta({ description: 'of the bytes as they came, hexadecimal' }),
  status: FileStatus.meta({ description: 'until it is accepted nobody can read its content' }),
  problem: z
    .object({ code: z.string(), title: z.string(), detail: z.string() })
    .nullable()
    .meta({ description: 'why it was rejected' }),
  created_at: z.string(),
  division_code: z.string(),
  mine: z.boolean(),
  picture: z.boolean().meta({ description: 'there is a copy to be shown, without metadata' }),
});
export type StoredFile = z.infer<typeof StoredFile>;

export const FileList = z.object({
  files: z.array(StoredFile),
  next: z.string().nullable().meta({ description: '`before` of the next page; null: this was the last' }),
});
export type FileList = z.infer<typeof FileList>;
