import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { FileList, ProblemBody, StoredFile, UploadAnswer } from '../../server/contract/index.ts';
import { testDatabase } from '../support/database.ts';
import { type Person, person } from '../support/people.ts';
import { type Served, serve } from '../support/serve.ts';
import { giveFile } from '../support/upload_file.ts';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const POINTS = 'lon,lat\n113.24,35.215\n113.241,35.215\n113.241,35.216\n';

describe('files', function () {
  this.timeout(60_000);
  let server: Served;
  let folder: string;
  let clerk: Person;
  let neighbour: Person;
  let auditor: Person;
  let officer: Person;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cunma-files-'));
    server = await serve(undefined, { rateLimits: false, dataFolder: folder });
    const { knex } = await testDatabase();
    clerk = await person(knex, [{ role: 'township_clerk', division_code: '410821100' }]);
    neighbour = await person(knex, [{ role: 'township_clerk', division_code: '410821101' }]);
    auditor = await person(knex, [{ role: 'auditor', division_code: '4108' }]);
    officer = await person(knex, [{ role: 'village_officer', division_code: '410821100201' }]);
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const incoming = () => readdirSync(join(folder, 'files', 'incoming'));
  const get = (path: string, who: Person) => fetch(server.base + path, { headers: who.headers });
  const code = async (response: Response) => ((await response.json()) as ProblemBody).code;

  it('keeps what was sent, byte for byte, and gives it back to be saved', async () => {
    const { status, body } = await giveFile(server.base, clerk, '坐标\n1,2\n', {
      name: '../../etc/界址点.txt',
    });
    expect(status).to.equal(201);
    expect(body).to.deep.include({
      name: '界址点.txt',
      media_type: 'text/plain',
      bytes: 11,
      sha256: sha256('坐标\n1,2\n'),
      status: 'accepted',
      problem: null,
      division_code: '410821100',
      mine: true,
      picture: false,
    });
    const content = await get(`/api/files/${body.id}/content`, clerk);
    expect(content.status).to.equal(200);
    expect(sha256(new Uint8Array(await content.arrayBuffer()))).to.equal(body.sha256);
    expect(content.headers.get('content-disposition')).to.equal(
      `attachment; filename="___.txt"; filename*=UTF-8''%E7%95%8C%E5%9D%80%E7%82%B9.txt`,
    );
    expect(content.headers.get('x-content-type-options')).to.equal('nosniff');
    expect(content.headers.get('content-security-policy')).to.equal("default-src 'none'; sandbox");
    expect(content.headers.get('cross-origin-resource-policy')).to.equal('same-origin');
    expect(content.headers.get('cache-control')).to.include('no-store');
    expect(await code(await get(`/api/files/${body.id}/picture`, clerk))).to.equal('file_unknown');
    expect(incoming()).to.deep.equal([]);
  });

  it('shows a file to its area and to nobody else', async () => {
    const { body } = await giveFile(server.base, clerk, 'only here');
    expect((await get(`/api/files/${body.id}`, auditor)).status).to.equal(200);
    expect((await get(`/api/files/${body.id}/content`, auditor)).status).to.equal(200);
    for (const path of ['', '/content', '/picture']) {
      const answer = await get(`/api/files/${body.id}${path}`, neighbour);
      expect([answer.status, await code(answer)]).to.deep.equal([404, 'file_unknown']);
    }
    const list = (await (await get('/api/files?limit=200', neighbour)).json()) as FileList;
    expect(list.files.map(({ id }) => id)).not.to.include(body.id);
    expect((await fetch(`${server.base}/api/files/${body.id}`)).status).to.equal(401);
    expect((await fetch(`${server.base}/api/files/${body.id}/content`)).status).to.equal(401);
  });

  it('lets a village officer find what they gave, and no more', async () => {
    const { body } = await giveFile(server.base, officer, 'from the village');
    expect(body.division_code).to.equal('410821100201');
    const theirs = await giveFile(server.base, clerk, 'from the town', { division_code: '410821100201' });
    const list = (await (await get('/api/files', officer)).json()) as FileList;
    expect(list.files.map(({ id }) => id)).to.deep.equal([body.id]);
    expect((await get(`/api/files/${theirs.body.id}`, officer)).status).to.equal(404);
    expect((await get(`/api/files/${body.id}/content`, officer)).status).to.equal(200);
    expect((await get(`/api/files/${body.id}`, clerk)).status).to.equal(200);
  });

  it('refuses a file for an area outside, from whom may not write, and without the token of the page', async () => {
    for (const division_code of ['410821101', '410821', '41', '411221100201'])
      expect((await giveFile(server.base, clerk, 'x', { division_code })).body.code).to.equal('forbidden');
    expect((await giveFile(server.base, auditor, 'x')).body.code).to.equal('forbidden');
    const forged = await giveFile(server.base, clerk, 'x', { headers: { 'x-csrf-token': 'x' } });
    expect(forged.body.code).to.equal('csrf_refused');
    const { headers, ...rest } = clerk;
    expect((await giveFile(server.base, { ...rest, headers: {} }, 'x')).status).to.equal(401);
    expect(headers).to.have.property('cookie');
    expect(incoming()).to.deep.equal([]);
  });

  it('keeps the same content once, under two records, and lets only its owner take one back', async () => {
    const text = 'the same twice';
    const first = (await giveFile(server.base, clerk, text)).body;
    const second = (await giveFile(server.base, officer, text)).body;
    expect(first.sha256).to.equal(second.sha256);
    expect(first.id).not.to.equal(second.id);
    const shelf = join(folder, 'files', 'blobs', first.sha256.slice(0, 2));
    expect(readdirSync(shelf).filter((name) => name === first.sha256)).to.have.length(1);
    const remove = (id: string, who: Person) =>
      fetch(`${server.base}/api/files/${id}`, { method: 'DELETE', headers: who.headers });
    expect(await code(await remove(second.id, clerk))).to.equal('forbidden');
    expect(await code(await remove(first.id, neighbour))).to.equal('file_unknown');
    expect((await remove(first.id, clerk)).status).to.equal(204);
    expect(await code(await remove(first.id, clerk))).to.equal('file_unknown');
    const left = await get(`/api/files/${second.id}/content`, officer);
    expect(await left.text()).to.equal(text);
    const { knex } = await testDatabase();
    const trail = (await knex('audit_entry')
      .where({ record_kind: 'file', record_id: first.id })
      .orderBy('seq')
      .select('action', 'account_id')) as { action: string; account_id: string }[];
    expect(trail).to.deep.equal([
      { action: 'file.create', account_id: clerk.account_id },
      { action: 'file.delete', account_id: clerk.account_id },
    ]);
  });

  it('carries out a repeated request once, by its key and its bytes', async () => {
    const headers = { 'idempotency-key': `files-${process.pid}-1` };
    const first = await giveFile(server.base, clerk, 'once', { headers });
    const again = await giveFile(server.base, clerk, 'once', { headers });
    expect(again).to.deep.equal(first);
    const other = await giveFile(server.base, clerk, 'twice', { headers });
    expect([other.status, other.body.code]).to.deep.equal([422, 'idempotency_mismatch']);
  });

  it('pages through files, newest first, without a gap', async () => {
    const given: string[] = [];
    for (let i = 0; i < 5; i++) given.unshift((await giveFile(server.base, clerk, `page ${i}`)).body.id);
    const found: string[] = [];
    let next: string | null = null;
    do {
      const query: string = next === null ? '' : `&before=${next}`;
      const page = (await (await get(`/api/files?mine=true&limit=2${query}`, clerk)).json()) as FileList;
      expect(page.files.length).to.be.at.most(2);
      found.push(...page.files.map(({ id }) => id));
      next = page.next;
    } while (next !== null && found.length < 5);
    expect(found.slice(0, 5)).to.deep.equal(given);
  });

  it('keeps a file of shapes for whoever may, and nothing for whoever is not signed in', async () => {
    const path = '/api/uploads';
    const nobody: Person = { account_id: '', login: '', headers: {} };
    const blobs = () => readdirSync(join(folder, 'files', 'blobs'), { recursive: true }).length;
    const before = blobs();
    const anonymous = await giveFile(server.base, nobody, POINTS, { path, name: 'p.csv' });
    const reader = await giveFile(server.base, auditor, POINTS, { path, name: 'p.csv' });
    for (const { status, body } of [anonymous, reader]) {
      expect(status).to.equal(200);
      expect(body).not.to.have.property('file_id');
      expect(body.id).to.equal(sha256(POINTS).slice(0, 32));
    }
    expect([blobs(), incoming()]).to.deep.equal([before, []]);
    const kept = await giveFile(server.base, clerk, POINTS, { path, name: 'p.csv' });
    const { id, file_id } = kept.body as unknown as UploadAnswer;
    expect(id).to.equal(anonymous.body.id);
    const record = (await (await get(`/api/files/${file_id}`, clerk)).json()) as StoredFile;
    expect(record).to.deep.include({ purpose: 'upload', media_type: 'text/csv', sha256: sha256(POINTS) });
    const broken = await giveFile(server.base, clerk, 'no shapes at all', { path });
    expect(broken.status).to.equal(422);
    const list = (await (await get('/api/files?purpose=upload&mine=true', clerk)).json()) as FileList;
    expect(list.files.map((file) => file.id)).to.deep.equal([file_id]);
  });

  it('clears at the start what a crash has left behind', async () => {
    writeFileSync(join(folder, 'files', 'incoming', '999999999-abc'), 'half a file');
    const again = await serve(undefined, { dataFolder: folder });
    expect(incoming()).to.deep.equal([]);
    await again.close();
  });
});
