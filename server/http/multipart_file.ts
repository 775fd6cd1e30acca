import busboy from 'busboy';
import type { RequestHandler } from 'express';
import { Problem } from '../problems.ts';

/** A file as it came; its name and type are claims, not facts. */
export interface UploadedFile {
  name: string;
  bytes: Buffer;
  /** other text fields of the form */
  fields: Record<string, string>;
}

export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** Reads a multipart form with one `file` into memory, within limits. */
export const multipartFile: RequestHandler = (request, _response, next) => {
  let form: busboy.Busboy;
  try {
    form = busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { files: 1, fileSize: MAX_FILE_BYTES, fields: 8, fieldSize: 1024, parts: 10, headerPairs: 50 },
    });
  } catch {
    next(new Problem('unsupported_media_type', { params: { type: request.get('content-type') ?? '' } }));
    return;
  }
  let file: UploadedFile | null = null;
  let fault: Problem | null = null;
  const fields: Record<string, string> = {};
  let done = false;
  const finish = (error?: Problem) => {
    if (done) return;
    done = true;
    request.unpipe(form);
    const problem = error ?? fault ?? (file === null ? new Problem('file_missing') : null);
    if (problem) {
      request.resume();
      next(problem);
      return;
    }
    request.body = file;
    next();
  };
  form.on('field', (name, value) => {
    fields[name] = value;
  });
  form.on('file', (name, stream, info) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    // a form that is cut off fails here too, and an error that nobody hears ends the process
    stream.on('error', (cause: unknown) =>
      finish(
        new Problem('file_unreadable', { params: { file: info.filename ?? '', place: 'multipart' }, cause }),
      ),
    );
    stream.on('limit', () => {
      fault = new Problem('file_too_large', { params: { limit: '10 MB' }, where: { file: info.filename } });
    });
    stream.on('close', () => {
      if (name === 'file') file = { name: info.filename ?? '', bytes: Buffer.concat(chunks), fields };
    });
  });
  form.on('error', (cause) =>
    finish(new Problem('file_unreadable', { params: { file: '', place: 'multipart' }, cause })),
  );
  form.on('close', () => finish());
  request.on('aborted', () => finish(new Problem('file_missing')));
  request.pipe(form);
};
