import { parentPort } from 'node:worker_threads';
import { Problem } from '../../problems.ts';
import { readBatch } from '../read_batch.ts';
import { readUpload } from '../read_upload.ts';
import { isGeoPackage, prepareGeoPackage } from '../readers/geopackage.ts';
import type { FromReader, ToReader } from './messages.ts';

/** The thread that reads uploads: a file in, its features or its problem out. */
const port = parentPort!;
const reply = (message: FromReader) =>
  port.postMessage(message, message.kind === 'batch' ? [message.batch.geometries.buffer as ArrayBuffer] : []);

async function read({ name, bytes, options, as }: ToReader): Promise<FromReader> {
  try {
    const file = { name, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
    if (isGeoPackage(file.bytes)) await prepareGeoPackage();
    if (as === 'batch') return { kind: 'batch', batch: readBatch(file, options) };
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

port.on('message', async (message: ToReader) => reply(await read(message)));
reply({ kind: 'ready' });
