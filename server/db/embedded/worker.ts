import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { reportCppExceptions } from './cpp_exceptions.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';

/** The thread that PGlite runs on. It speaks raw wire protocol and nothing else: bytes in, bytes out, in order. */
const port = parentPort!;
const settings = workerData as WorkerSettings;
const reply = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

function startParams(): string[] {
  const defaults: string[] = PGlite.defaultStartParams;
  return settings.fsync ? defaults.filter((parameter) => parameter !== '-F') : defaults;
}

// before PGlite is instantiated
const exceptions = reportCppExceptions();

async function open(): Promise<PGlite> {
  const database = await PGlite.create({
    dataDir: `file://${settings.directory}`,
    extensions: { postgis },
    startParams: startParams(),
  });
  await database.exec('create extension if not exists postgis');
  return database;
}

try {
  const database = await open();
  let chain: Promise<void> = Promise.resolve();
  port.on('message', (message: ToWorker) => {
    chain = chain.then(() => handle(database, message));
  });
  reply({ kind: 'open' });
} catch (error) {
  reply({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
}

async function handle(database: PGlite, message: ToWorker): Promise<void> {
  try {
    if (message.kind === 'exec') {
      const answer = await database.execProtocolRaw(message.bytes);
      const bytes = answer.slice();
      reply({ kind: 'answer', id: message.id, bytes, thrown: exceptions.thrown }, [
        bytes.buffer as ArrayBuffer,
      ]);
    } else {
      await database.close();
      reply({ kind: 'answer', id: message.id, bytes: new Uint8Array(), thrown: exceptions.thrown });
      port.close();
    }
  } catch (error) {
    reply({ kind: 'error', id: message.id, reason: error instanceof Error ? error.message : String(error) });
  }
}
