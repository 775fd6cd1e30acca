import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createReadStream, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { Database } from '../db/index.ts';
import { Problem } from '../problems.ts';
import { writeFileWhole } from './backup_file.ts';
import type { BackupSettings } from './backup_job.ts';
import { MAX_ORDER_BYTES } from './limits.ts';
import { BackupOrder, operatorFile } from './operator_file.ts';
import { writeBackup } from './write_backup.ts';

/** What the channel needs of the server. */
export interface OperatorContext extends BackupSettings {
  /** null: it is still starting */
  database: () => Database | null;
  warn: (what: string, error: unknown) => void;
}

/**
 * The way by which `cunma backup` reaches a server that has the embedded database open: a socket of its own on the
 * loopback address, and a secret in a file that only the server's user can read. Nothing of it is in the public API.
 * Resolves to what closes it.
 */
export async function openOperatorChannel(context: OperatorContext): Promise<() => Promise<void>> {
  const secret = randomBytes(32).toString('base64url');
  let busy = false;
  const server = createServer((request, response) => {
    const known = knows(request, secret) && request.method === 'POST' && request.url === '/backup';
    if (!known) return answer(response, 404, new Problem('not_found'));
    if (busy) return answer(response, 503, new Problem('busy'));
    busy = true;
    sendBackup(context, request, response)
      .catch((error: unknown) => fail(context, response, error))
      .finally(() => {
        busy = false;
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const file = operatorFile(context.dataFolder);
  const { port } = server.address() as AddressInfo;
  rmSync(`${file}.new`, { force: true });
  writeFileSync(`${file}.new`, JSON.stringify({ port, secret, pid: process.pid }), {
    mode: 0o600,
    flag: 'wx',
  });
  renameSync(`${file}.new`, file);
  return async () => {
    rmSync(file, { force: true });
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
}

function knows(request: IncomingMessage, secret: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const expected = Buffer.from(`Bearer ${secret}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Onto the server's own disk first: a caller that stops reading must not hold the one connection of the database. */
async function sendBackup(
  context: OperatorContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { passphrase } = BackupOrder.parse(JSON.parse(await bodyOf(request)));
  const database = context.database();
  if (database === null) throw new Problem('starting');
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const { dataFolder, files } = context;
  const file = context.folder.file(`operator-${randomBytes(8).toString('hex')}`);
  try {
    await writeFileWhole(file, (target) =>
      writeBackup({ database, dataFolder, files }, target, { passphrase, signal: gone.signal }),
    );
    const { size } = await stat(file);
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': size });
    await pipeline(createReadStream(file), response);
  } finally {
    await rm(file, { force: true });
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > MAX_ORDER_BYTES) throw new Problem('body_too_large', { params: { limit: MAX_ORDER_BYTES } });
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function fail({ warn }: OperatorContext, response: ServerResponse, error: unknown): void {
  if (response.destroyed) return;
  if (response.headersSent) response.destroy();
  else if (error instanceof Problem) answer(response, error.status, error);
  else {
    warn('a backup for the operator failed', error);
    answer(response, 500, new Problem('internal'));
  }
}

function answer(response: ServerResponse, status: number, { code, params }: Problem): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ code, params }));
}
