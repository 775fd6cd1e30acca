import type { Datum, UploadAnswer } from '../../server/contract/index.ts';
import { csrfToken } from './csrf.ts';
import { RequestFailed, readReply, requestLanguage } from './request.ts';

/**
 * Sends one file. `onProgress` gets 0 to 1 while it is sent; `datum` says where its coordinates come from, null leaves
 * that to the file. fetch tells no progress, so this is the one XMLHttpRequest.
 */
export function postUpload(
  file: File,
  onProgress: (share: number) => void,
  datum: Datum | null,
): Promise<UploadAnswer> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    if (datum !== null) form.append('datum', datum);
    form.append('file', file, file.name);
    const http = new XMLHttpRequest();
    http.open('POST', '/api/uploads');
    http.setRequestHeader('Accept', 'application/json, application/problem+json');
    http.setRequestHeader('Accept-Language', requestLanguage());
    const csrf = csrfToken();
    if (csrf !== null) http.setRequestHeader('X-CSRF-Token', csrf);
    http.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total);
    };
    http.onload = () => {
      try {
        resolve(readReply<UploadAnswer>(http.status, http.responseText));
      } catch (failed) {
        reject(failed);
      }
    };
    http.onerror = () => reject(new RequestFailed({ kind: 'network' }));
    http.ontimeout = http.onerror;
    http.send(form);
  });
}
