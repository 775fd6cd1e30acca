import { parentPort } from 'node:worker_threads';
import { Problem } from '../../problems.ts';
import { readUpload } from '../read_upload.ts';
import type { FromReader, ToReader } from './messages.ts';

/** The thread that reads uploads: a file in, its features or its problem out. */
const port = parentPort!;
const reply = (message: FromReader) => port.postMessage(message);

function read({ name, bytes, options }: ToReader): FromReader {
  try {
    const file = { name, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
    return { kind: 'read', upload: readUpload(file, options) };
  } catch (error) {
    if (error instanceof Problem) {
      return { kind: 'problem', code: error.code, params: error.params, where: error.where };
    }
    return {
      kind: 'failed',
      reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

port.on('message', (message: ToReader) => reply(read(message)));
reply({ kind: 'ready' });
