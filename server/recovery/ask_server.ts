import { readFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PROBLEMS, Problem, type ProblemCode } from '../problems.ts';
import { OperatorFile, operatorFile, Refusal } from './operator_file.ts';

/**
 * Lets the server that has `dataFolder` open write a backup into `target`. Throws `backup_unreachable`, or the problem
 * that the server answers.
 */
export async function backupByServer(
  dataFolder: string,
  target: Writable,
  passphrase: string | null,
): Promise<void> {
  let response: IncomingMessage;
  try {
    const { port, secret } = OperatorFile.parse(JSON.parse(readFileSync(operatorFile(dataFolder), 'utf8')));
    response = await ask(port, secret, JSON.stringify({ passphrase }));
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'operator.json';
    throw new Problem('backup_unreachable', { params: { reason }, cause });
  }
  if (response.statusCode !== 200) throw await refusal(response);
  await pipeline(response, target);
}

/** No bound of time: the server answers when the archive is written. */
function ask(port: number, secret: string, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${secret}`, 'Content-Length': Buffer.byteLength(body) };
    const asked = request({ host: '127.0.0.1', port, method: 'POST', path: '/backup', headers }, resolve);
    asked.once('error', reject);
    asked.end(body);
  });
}

async function refusal(response: IncomingMessage): Promise<Problem> {
  const pieces: Buffer[] = [];
  for await (const piece of response as AsyncIterable<Buffer>) pieces.push(piece);
  try {
    const { code, params } = Refusal.parse(JSON.parse(Buffer.concat(pieces).toString('utf8')));
    if (Object.hasOwn(PROBLEMS, code)) return new Problem(code as ProblemCode, { params });
  } catch {
    // not one of ours: somebody else listens there now
  }
  return new Problem('backup_unreachable', { params: { reason: `HTTP ${response.statusCode}` } });
}
