import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { deflateRawSync, deflateSync } from 'node:zlib';
import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import type { ProblemBody, StoredFile } from '../../server/contract/index.ts';
import { testDatabase } from '../support/database.ts';
import { type Person, person } from '../support/people.ts';
import { type Served, serve } from '../support/serve.ts';
import { giveFile } from '../support/upload_file.ts';

const MB = 1024 * 1024;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crcOf(body));
  return Buffer.concat([length, body, sum]);
}

/** CRC-32 of PNG (ISO 3309), bit by bit. */
function crcOf(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A PNG of one colour that is small until it is decoded. */
function pngBomb(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((Math.ceil(side / 8) + 1) * side), { level: 9 });
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A zip of one deflated entry, whose directory says what it is told to. */
function zipOf(path: string, packed: Buffer, { size = 1, crc = 0 } = {}): Buffer {
  const name = Buffer.from(path);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(crc, 16);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(size, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([local, name, packed, central, name, end]);
}

describe('files: bad input and bad luck', function () {
  this.timeout(120_000);
  let server: Served;
  let folder: string;
  let clerk: Person;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cunma-hostile-'));
    server = await serve(undefined, { rateLimits: false, dataFolder: folder });
    clerk = await person((await testDatabase()).knex, [
      { role: 'township_clerk', division_code: '410821100' },
    ]);
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const below = (name: string) => {
    try {
      return readdirSync(join(folder, 'files', name), { recursive: true });
    } catch {
      return [];
    }
  };
  const give = (bytes: Uint8Array | string, purpose: string, name = 'a') =>
    giveFile(server.base, clerk, bytes, { purpose, name });

  async function refused(bytes: Uint8Array | string, purpose: string, name = 'a'): Promise<string> {
    const blobs = below('blobs').length;
    const { status, body } = await give(bytes, purpose, name);
    expect(status, body.code).to.be.within(400, 499);
    expect([below('incoming'), below('blobs').length]).to.deep.equal([[], blobs]);
    return body.code;
  }

  it('refuses what is not what its purpose takes, whatever it is called', async () => {
    const jpeg = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
      .jpeg()
      .toBuffer();
    const html = '<!doctype html><script>alert(1)</script>';
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    for (const [bytes, purpose, name, expected] of [
      [html, 'picture', 'a.jpg', 'file_type_refused'],
      [html, 'data', 'a.csv', 'file_type_refused'],
      [html, 'document', 'a.pdf', 'file_type_refused'],
      [svg, 'picture', 'a.png', 'file_type_refused'],
      [svg, 'data', 'a.kml', 'file_type_refused'],
      [jpeg, 'document', 'a.pdf', 'file_type_refused'],
      [jpeg, 'data', 'a.csv', 'file_type_refused'],
      ['%PDF-1.7', 'picture', 'a.jpg', 'file_type_refused'],
      ['MZ\x90', 'data', 'a.csv', 'file_type_refused'],
      ['', 'data', 'a.csv', 'file_empty'],
      [jpeg, 'upload', 'a.jpg', 'invalid_request'],
      [jpeg, '', 'a.jpg', 'invalid_request'],
    ] as const)
      expect(await refused(bytes, purpose, name), `${purpose} ${name}`).to.equal(expected);
    const { body } = await give(html, 'picture', 'a.jpg');
    expect(body.detail).to.include('网页').and.include('JPEG');
  });

  it('refuses a picture with a web page, an archive or nothing whole in it', async () => {
    const jpeg = await sharp(randomBytes(300 * 300 * 3), { raw: { width: 300, height: 300, channels: 3 } })
      .jpeg()
      .toBuffer();
    const page = Buffer.from('<html><body><script>alert(document.domain)</script>');
    const zip = Buffer.from(zipSync({ 'a.txt': strToU8('x') }));
    expect(await refused(Buffer.concat([jpeg, page]), 'picture')).to.equal('file_two_faced');
    expect(await refused(Buffer.concat([jpeg, zip]), 'picture')).to.equal('file_two_faced');
    expect(await refused(jpeg.subarray(0, jpeg.length / 2), 'picture')).to.equal('picture_damaged');
    expect(await refused(jpeg.subarray(0, 200), 'picture')).to.equal('picture_damaged');
    expect((await give(jpeg, 'picture')).status).to.equal(201);
  });

  it('refuses a picture of 900 million pixels before it is decoded', async () => {
    const bomb = pngBomb(30_000);
    expect(bomb.length).to.be.below(MB);
    const before = process.memoryUsage.rss();
    const { status, body } = await give(bomb, 'picture', 'bomb.png');
    expect([status, body.code]).to.deep.equal([422, 'picture_too_large']);
    expect(body.detail).to.include('30000 × 30000');
    expect(process.memoryUsage.rss() - before).to.be.below(110 * MB);
    // the same in small is a picture
    expect((await give(pngBomb(300), 'picture', 'small.png')).status).to.equal(201);
  });

  it('refuses archives that lie about their size, climb out or are cut', async () => {
    const bomb = zipOf('a.shp', deflateRawSync(Buffer.alloc(65 * MB)));
    expect(bomb.length).to.be.below(MB);
    expect(await refused(bomb, 'data', 'a.zip')).to.equal('archive_limits');
    expect(await refused(zipOf('../a.shp', deflateRawSync('x')), 'data')).to.equal('archive_unsafe');
    expect(await refused(zipOf('a.shp', deflateRawSync('x'), { crc: 1 }), 'data')).to.equal(
      'file_unreadable',
    );
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`${i}`, strToU8('')]));
    expect(await refused(zipSync(many), 'data')).to.equal('archive_limits');
    const whole = zipSync({ 'land.shp': strToU8('shape'), 'land.dbf': strToU8('table') });
    expect(await refused(whole.subarray(0, whole.length - 30), 'data')).to.equal('file_unreadable');
    const { body } = await give(whole, 'data', 'land.exe');
    expect([body.media_type, body.name]).to.deep.equal(['application/zip', 'land.exe.zip']);
    const sheet = zipSync({ '[Content_Types].xml': strToU8('x'), 'xl/workbook.xml': strToU8('x') });
    expect((await give(sheet, 'data', 'a.xlsx')).body.name).to.equal('a.xlsx');
    expect((await give(zipSync({ 'doc.kml': strToU8('<kml/>') }), 'data', 'a.kmz')).body.name).to.equal(
      'a.kmz',
    );
  });

  it('refuses forms with more than they may hold', async () => {
    const post = async (form: FormData) => {
      const response = await fetch(`${server.base}/api/files`, {
        method: 'POST',
        headers: clerk.headers,
        body: form,
      });
      return ((await response.json()) as ProblemBody).code;
    };
    const two = new FormData();
    two.append('purpose', 'data');
    two.append('file', new Blob(['one']), 'one.txt');
    two.append('file', new Blob(['two']), 'two.txt');
    expect(await post(two)).to.equal('form_limits');
    const long = new FormData();
    long.append('purpose', 'x'.repeat(2_000));
    long.append('file', new Blob(['one']), 'one.txt');
    expect(await post(long)).to.equal('form_limits');
    const many = new FormData();
    for (let i = 0; i < 20; i++) many.append(`f${i}`, 'x');
    expect(await post(many)).to.equal('form_limits');
    const none = new FormData();
    none.append('purpose', 'data');
    expect(await post(none)).to.equal('file_missing');
    expect(below('incoming')).to.deep.equal([]);
  });

  it('refuses a file beyond its limit, alone and by its purpose', async () => {
    expect(await refused(Buffer.alloc(51 * MB, 'x'), 'data')).to.equal('file_too_large');
    const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(21 * MB)]);
    expect(await refused(jpeg, 'picture')).to.equal('file_too_large');
  });

  /** Sends part of a form over a connection of its own and ends it as told; resolves when it is closed. */
  function cutOff(end: 'destroy' | 'end', announced: number | null, bytes: number): Promise<string> {
    const { hostname, port } = new URL(server.base);
    const head = [
      'POST /api/files HTTP/1.1',
      `Host: ${hostname}`,
      ...Object.entries(clerk.headers).map(([name, value]) => `${name}: ${value}`),
      'Content-Type: multipart/form-data; boundary=cut',
      announced === null ? 'Transfer-Encoding: chunked' : `Content-Length: ${announced}`,
      'Connection: close',
    ].join('\r\n');
    const form =
      '--cut\r\nContent-Disposition: form-data; name="purpose"\r\n\r\ndata\r\n' +
      '--cut\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n';
    const body = Buffer.concat([Buffer.from(form), Buffer.alloc(bytes, 'x')]);
    const framed =
      announced === null
        ? Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')])
        : body;
    return new Promise((resolve) => {
      const socket = connect(Number(port), hostname);
      let answer = '';
      socket.setEncoding('utf8').on('data', (text: string) => {
        answer += text;
      });
      socket.on('error', () => undefined).on('close', () => resolve(answer));
      socket.write(`${head}\r\n\r\n`);
      socket.write(framed, () => {
        if (end === 'end') socket.end();
        // what has been written so far has to reach the disk before the connection breaks
        else void until(() => below('incoming').length > 0).then(() => socket.destroy());
      });
    });
  }

  async function until(met: () => boolean): Promise<void> {
    while (!met()) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  it('leaves nothing of an upload that breaks off', async () => {
    const blobs = below('blobs').length;
    await cutOff('destroy', 5 * MB, MB);
    await until(() => below('incoming').length === 0);
    await cutOff('destroy', null, MB);
    await until(() => below('incoming').length === 0);
    await cutOff('end', 5 * MB, MB);
    await until(() => below('incoming').length === 0);
    expect(below('blobs').length).to.equal(blobs);
    expect((await give('whole', 'data', 'a.txt')).status).to.equal(201);
  });

  it('refuses a form without its end', async () => {
    const form =
      '--cut\r\nContent-Disposition: form-data; name="purpose"\r\n\r\ndata\r\n' +
      `--cut\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n${'x'.repeat(200_000)}`;
    const response = await fetch(`${server.base}/api/files`, {
      method: 'POST',
      headers: { ...clerk.headers, 'content-type': 'multipart/form-data; boundary=cut' },
      body: form,
    });
    expect([response.status, ((await response.json()) as ProblemBody).code]).to.deep.equal([
      422,
      'file_unreadable',
    ]);
    expect(below('incoming')).to.deep.equal([]);
  });

  /** Sends a file of many lines `{i},` without ever holding it. */
  async function giveStreamed(i: number, bytes: number): Promise<{ status: number; sha256: string }> {
    const piece = Buffer.alloc(64 * 1024, `${i},`);
    const head = Buffer.from(
      '--many\r\nContent-Disposition: form-data; name="purpose"\r\n\r\ndata\r\n' +
        '--many\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n',
    );
    const tail = Buffer.from('\r\n--many--\r\n');
    const { hostname, port } = new URL(server.base);
    const sending = request({
      method: 'POST',
      host: hostname,
      port,
      path: '/api/files',
      headers: {
        ...clerk.headers,
        'content-type': 'multipart/form-data; boundary=many',
        'content-length': head.length + bytes + tail.length,
      },
    });
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
    await pipeline(
      Readable.from(
        (function* () {
          yield head;
          for (let sent = 0; sent < bytes; sent += piece.length) yield piece;
          yield tail;
        })(),
      ),
      sending,
    );
    const [response] = await answered;
    const body = (await json(response)) as StoredFile;
    return { status: response.statusCode ?? 0, sha256: body.sha256 };
  }

  it('takes 50 files at once without holding them in memory', async () => {
    const bytes = 4 * MB;
    let most = 0;
    const held = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    const before = held();
    const watch = setInterval(() => {
      most = Math.max(most, held() - before);
    }, 5);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => giveStreamed(i, bytes)));
    clearInterval(watch);
    answers.forEach(({ status, sha256 }, i) => {
      const expected = createHash('sha256');
      for (let sent = 0; sent < bytes; sent += 64 * 1024) expected.update(Buffer.alloc(64 * 1024, `${i},`));
      expect([status, sha256]).to.deep.equal([201, expected.digest('hex')]);
    });
    expect(below('incoming')).to.deep.equal([]);
    expect(most / MB).to.be.below((50 * bytes) / MB / 2);
  });
});
