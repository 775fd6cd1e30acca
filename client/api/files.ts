import type { FileList, FileStatus } from '../../server/contract/index.ts';
import { queryString } from './query_string.ts';
import { request, sendJson } from './request.ts';

export interface FileSearch {
  status?: FileStatus;
  division?: string;
}

/** Files of one's areas and one's own, newest first; `before`: `next` of the page before. */
export const listFiles = (
  search: FileSearch,
  before: string | null,
  limit: number,
  signal?: AbortSignal,
): Promise<FileList> =>
  request(`/api/files${queryString({ ...search, before, limit })}`, signal === undefined ? {} : { signal });

export const deleteFile = (id: string): Promise<void> =>
  sendJson('DELETE', `/api/files/${encodeURIComponent(id)}`);

/** Where the bytes are, as they came; saved, never opened in the page. */
export const fileContent = (id: string): string => `/api/files/${encodeURIComponent(id)}/content`;
/** The copy without metadata that may be shown. */
export const filePicture = (id: string): string => `/api/files/${encodeURIComponent(id)}/picture`;
