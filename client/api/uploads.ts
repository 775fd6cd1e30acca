import type { UploadAnswer } from '../../server/contract/index.ts';
import { RequestFailed, readReply, requestLanguage } from './request.ts';

/**
 * Sends one file (boundary-point TXT, zipped Shapefile, GeoJSON). `onProgress` gets 0 to 1 while it is sent;
 * fetch cannot tell that, so this is the one XMLHttpRequest.
 */
export function postUpload(file: File, onProgress: (share: number) => void): Promise<UploadAnswer> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    form.append('file', file, file.name);
    const http = new XMLHttpRequest();
    http.open('POST', '/api/uploads');
    http.setRequestHeader('Accept', 'application/json, application/problem+json');
    http.setRequestHeader('Accept-Language', requestLanguage());
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
