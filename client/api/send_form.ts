import { csrfToken } from './csrf.ts';
import { RequestFailed, readReply, requestLanguage } from './request.ts';

export interface FormSending {
  /** gets 0 to 1 while the form is sent */
  onProgress: (share: number) => void;
  headers?: Readonly<Record<string, string>>;
  /** aborted: rejects with AbortError */
  signal?: AbortSignal;
}

/** Sends a form by POST. fetch tells no progress, so this is the one XMLHttpRequest. Rejects with RequestFailed. */
export function sendForm<T>(path: string, form: FormData, sending: FormSending): Promise<T> {
  const { onProgress, headers = {}, signal } = sending;
  return new Promise((resolve, reject) => {
    const http = new XMLHttpRequest();
    http.open('POST', path);
    http.setRequestHeader('Accept', 'application/json, application/problem+json');
    http.setRequestHeader('Accept-Language', requestLanguage());
    const csrf = csrfToken();
    if (csrf !== null) http.setRequestHeader('X-CSRF-Token', csrf);
    for (const [name, value] of Object.entries(headers)) http.setRequestHeader(name, value);
    http.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total);
    };
    http.onload = () => {
      try {
        resolve(readReply<T>(http.status, http.responseText));
      } catch (failed) {
        reject(failed);
      }
    };
    http.onerror = () => reject(new RequestFailed({ kind: 'network' }));
    http.ontimeout = http.onerror;
    http.onabort = () => reject(new DOMException('stopped', 'AbortError'));
    signal?.addEventListener('abort', () => http.abort(), { once: true });
    http.send(form);
  });
}
