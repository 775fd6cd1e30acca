import busboy from 'busboy';
import type { Request } from 'express';
import { Problem } from '../problems.ts';
import type { Incoming, Received } from './incoming.ts';

/** An upload that says nothing for so long, or is not complete after so long, is ended, ms. */
export const UPLOAD_IDLE_MS = 30_000;
export const UPLOAD_LIMIT_MS = 240_000;

const LIMITS = { files: 1, fields: 8, fieldSize: 1024, parts: 10, headerPairs: 50 };

/** A form that has been read to its end. */
export interface Form {
  name: string;
  fields: Record<string, string>;
  received: Received;
}

function parser(request: Request, maxBytes: number): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { ...LIMITS, fileSize: maxBytes },
    });
  } catch {
    throw new Problem('unsupported_media_type', { params: { type: request.get('content-type') ?? '' } });
  }
}

/** How patient an upload is waited for, ms. */
export interface Patience {
  idleMs: number;
  limitMs: number;
}

/** Reads the form and writes its `file`; where anything is wrong with it the file is removed again. */
export async function readForm(
  request: Request,
  incoming: Incoming,
  maxBytes: number,
  patience: Patience,
): Promise<Form> {
  const form = parser(request, maxBytes);
  const fields: Record<string, string> = {};
  const file: { name: string; writing: Promise<Received> | null } = { name: '', writing: null };
  const fail = (problem: Problem) => {
    request.unpipe(form);
    // ends the file's stream too, and with it what is being written; busboy is not to lose it in the middle of a chunk
    setImmediate(() => form.destroy(problem));
  };
  const tooMuch = () => fail(new Problem('form_limits'));
  form.on('field', (field, value, info) => {
    if (info.valueTruncated || info.nameTruncated) tooMuch();
    else fields[field] = value;
  });
  form.on('file', (field, stream, info) => {
    // an error that nobody hears ends the process
    stream.on('error', () => undefined);
    if (field !== 'file') {
      stream.resume();
      return;
    }
    file.name = info.filename ?? '';
    stream.once('limit', () => fail(tooLarge(maxBytes, file.name)));
    file.writing = incoming.write(stream);
    file.writing.catch((error: Problem) => fail(error));
  });
  for (const event of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) form.once(event, tooMuch);
  const unwatch = watch(request, patience, fail);
  try {
    await new Promise<void>((resolve, reject) => {
      form.once('error', reject);
      form.once('close', resolve);
      request.pipe(form);
    });
    const received = await file.writing;
    if (received === null) throw new Problem('file_missing');
    return { name: file.name, fields, received };
  } catch (error) {
    const written = await file.writing?.catch(() => null);
    if (written) await incoming.remove(written.path);
    if (error instanceof Problem) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== undefined) throw error;
    const params = { file: file.name, place: 'multipart' };
    throw new Problem('file_unreadable', { params, cause: error });
  } finally {
    unwatch();
  }
}

function tooLarge(maxBytes: number, file: string): Problem {
  return new Problem('file_too_large', {
    params: { limit: `${maxBytes / 1024 / 1024} MB` },
    where: { file },
  });
}

/** Fails a form whose sender has gone, has fallen silent or takes for ever. */
function watch(
  request: Request,
  { idleMs, limitMs }: Patience,
  fail: (problem: Problem) => void,
): () => void {
  let seen = -1;
  const tooSlow = () => fail(new Problem('upload_too_slow'));
  const idle = setInterval(() => {
    if (request.socket.bytesRead === seen) tooSlow();
    seen = request.socket.bytesRead;
  }, idleMs);
  const whole = setTimeout(tooSlow, limitMs);
  const gone = () => {
    if (!request.complete) fail(new Problem('file_missing'));
  };
  request.on('close', gone).on('error', gone);
  return () => {
    clearInterval(idle);
    clearTimeout(whole);
    request.off('close', gone);
  };
}
