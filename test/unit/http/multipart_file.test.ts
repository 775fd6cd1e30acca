import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import express, { type NextFunction, type Request, type Response } from 'express';
import { Incoming, multipartFile, type UploadedFile } from '../../../server/http/index.ts';
import type { Problem } from '../../../server/problems.ts';

const FORM = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n';

describe('uploads: patience', () => {
  let folder: string;
  let server: Server;
  let patience: { idleMs: number; limitMs: number };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cunma-patience-'));
    const app = express();
    app.post('/', (request, response, next) =>
      multipartFile(new Incoming(folder), { maxBytes: 1_000_000 }, patience)(request, response, next),
    );
    app.use(async (request: Request, response: Response) => {
      const file = request.body as UploadedFile;
      await file.discard();
      response.json({ bytes: file.bytes });
    });
    app.use((problem: Problem, _request: Request, response: Response, _next: NextFunction) => {
      response.status(problem.status).end(problem.code);
    });
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Sends the beginning of a form, then a letter every `everyMs`; resolves with the answer when the server closes. */
  function send(everyMs: number | null): Promise<string> {
    return new Promise((resolve) => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      let answer = '';
      const drip = everyMs === null ? undefined : setInterval(() => socket.write('x'), everyMs);
      socket.setEncoding('utf8').on('data', (text: string) => {
        answer += text;
      });
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(drip);
        resolve(answer);
      });
      socket.write(
        `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 900000\r\n\r\n${FORM}`,
      );
    });
  }

  it('ends an upload that has fallen silent', async () => {
    patience = { idleMs: 50, limitMs: 60_000 };
    expect(await send(null)).to.match(/^HTTP\/1\.1 408 [\s\S]*upload_too_slow/);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('ends an upload that takes for ever, letter by letter', async () => {
    patience = { idleMs: 60_000, limitMs: 200 };
    expect(await send(20)).to.match(/^HTTP\/1\.1 408 [\s\S]*upload_too_slow/);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('lets a slow one through that goes on', async () => {
    patience = { idleMs: 5_000, limitMs: 60_000 };
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: `${FORM}whole\r\n--b--\r\n`,
    });
    expect(await response.json()).to.deep.equal({ bytes: 5 });
  });
});
