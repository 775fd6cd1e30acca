import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import sharp from 'sharp';
import type { StoredFile } from '../../server/contract/index.ts';
import { enterScope, PUBLIC_SCOPE } from '../../server/db/index.ts';
import { takeIn } from '../../server/files/check_file.ts';
import {
  blobStore,
  checkJob,
  incomingFolder,
  referencedBlobs,
  sweepFiles,
} from '../../server/files/index.ts';
import { Incoming } from '../../server/http/index.ts';
import { JobQueue } from '../../server/jobs/index.ts';
import type { Problem } from '../../server/problems.ts';
import { rolledBack, testDatabase } from '../support/database.ts';
import { type Person, person } from '../support/people.ts';
import { type Served, serve } from '../support/serve.ts';
import { giveFile } from '../support/upload_file.ts';

const MB = 1024 * 1024;
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

describe('files: store, quarantine and sweep', function () {
  this.timeout(120_000);
  let server: Served;
  let folder: string;
  let clerk: Person;
  let auditor: Person;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cunma-store-'));
    server = await serve(undefined, { rateLimits: false, dataFolder: folder });
    const { knex } = await testDatabase();
    clerk = await person(knex, [{ role: 'township_clerk', division_code: '410821100' }]);
    auditor = await person(knex, [{ role: 'auditor', division_code: '41' }]);
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const store = () => blobStore(folder);
  const get = (path: string, who: Person) => fetch(server.base + path, { headers: who.headers });
  const shown = async (id: string, who: Person) =>
    (await (await get(`/api/files/${id}`, who)).json()) as StoredFile & { code?: string };

  /** As if that many hours had gone by since content was found without a record. */
  async function later(hours: number): Promise<void> {
    const { knex } = await testDatabase();
    await knex.raw('update unreferenced_blob set since = since - make_interval(hours => ?)', [hours]);
  }

  async function put(content: string): Promise<string> {
    const path = join(folder, 'files', 'incoming', `${process.pid}-${randomBytes(4).toString('hex')}`);
    writeFileSync(path, content);
    await store().put(path, sha256(content));
    return sha256(content);
  }

  it('sweeps content whose record never came, a day after it was found so', async () => {
    const database = await testDatabase();
    const lost = await put('acknowledged by nobody: the process died before the record');
    const { body: kept } = await giveFile(server.base, clerk, 'acknowledged');
    expect((await sweepFiles(database, store())).removed).to.equal(0);
    await later(23);
    expect((await sweepFiles(database, store())).removed).to.equal(0);
    expect(await store().size(lost)).to.be.above(0);
    await later(2);
    expect((await sweepFiles(database, store())).removed).to.equal(1);
    expect(await store().size(lost)).to.equal(null);
    expect(await text(await store().open(kept.sha256))).to.equal('acknowledged');
    expect(await database.knex('unreferenced_blob').where('sha256', Buffer.from(lost, 'hex'))).to.deep.equal(
      [],
    );
  });

  it('keeps content that is needed again before its day has come', async () => {
    const database = await testDatabase();
    const hash = await put('first without a record');
    await sweepFiles(database, store());
    await later(30);
    const { body } = await giveFile(server.base, clerk, 'first without a record');
    expect(body.sha256).to.equal(hash);
    await later(30);
    expect((await sweepFiles(database, store())).removed).to.equal(0);
    expect((await get(`/api/files/${body.id}/content`, clerk)).status).to.equal(200);
  });

  it('keeps what was deleted for a day, so that a backup that has begun still finds it', async () => {
    const database = await testDatabase();
    const { body } = await giveFile(server.base, clerk, 'to be deleted');
    const needed = await database.knex.transaction(referencedBlobs);
    expect(needed).to.include(body.sha256);
    await fetch(`${server.base}/api/files/${body.id}`, { method: 'DELETE', headers: clerk.headers });
    expect(await database.knex.transaction(referencedBlobs)).not.to.include(body.sha256);
    await sweepFiles(database, store());
    expect(await store().size(body.sha256)).to.be.above(0);
    await later(25);
    expect((await sweepFiles(database, store())).removed).to.equal(1);
    expect(await store().size(body.sha256)).to.equal(null);
  });

  it('gives no content that has changed on the disk', async () => {
    const { body } = await giveFile(server.base, clerk, 'x'.repeat(200_000));
    const path = join(folder, 'files', 'blobs', body.sha256.slice(0, 2), body.sha256);
    writeFileSync(path, `${'x'.repeat(199_999)}y`);
    const read = await get(`/api/files/${body.id}/content`, clerk)
      .then((response) => response.text())
      .then(
        () => 'whole',
        () => 'broken off',
      );
    expect(read).to.equal('broken off');
  });

  it('says that the disk is full, and keeps nothing', async () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const incoming = new Incoming(incomingFolder(folder));
    const file = {
      ...(await incoming.write(Readable.from(['x']))),
      name: 'a.txt',
    };
    const broken = Object.assign(Object.create(store()) as ReturnType<typeof store>, {
      put: () => Promise.reject(full),
    });
    const fault = await takeIn(broken, file, 'data').catch((error: Problem) => error);
    expect((fault as Problem).code).to.equal('storage_full');
    expect((fault as Problem).status).to.equal(507);
    expect(await store().size(file.sha256)).to.equal(null);
    await incoming.remove(file.path);
    expect(readdirSync(incomingFolder(folder))).to.deep.equal([]);
  });

  describe('large files', () => {
    /** Works on the jobs until none is left. */
    async function workOff(): Promise<void> {
      const database = await testDatabase();
      const check = checkJob(store(), new Incoming(incomingFolder(folder)));
      const log = { warn: () => undefined, error: () => undefined };
      const queue = new JobQueue(database, [check], log);
      queue.start();
      for (;;) {
        const open = await database.knex('job').where('kind', 'file_check').whereNull('ended_at');
        if (open.length === 0) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      await queue.stop();
    }

    it('wait in quarantine, unreadable, until a job has accepted them', async () => {
      const noise = randomBytes(2_800 * 2_400 * 3);
      const png = await sharp(noise, { raw: { width: 2_800, height: 2_400, channels: 3 } })
        .png({ compressionLevel: 0 })
        .toBuffer();
      expect(png.length).to.be.within(16 * MB, 20 * MB + 300_000);
      const { status, body } = await giveFile(server.base, clerk, png, {
        purpose: 'picture',
        name: '大图.png',
      });
      expect([status, body.status, body.picture], body.code).to.deep.equal([201, 'quarantine', false]);
      expect((await shown(body.id, auditor)).code).to.equal('file_unknown');
      for (const who of [clerk, auditor])
        for (const which of ['content', 'picture']) {
          const answer = await get(`/api/files/${body.id}/${which}`, who);
          expect(answer.status).to.equal(who === clerk ? 409 : 404);
        }
      await workOff();
      expect(await shown(body.id, clerk)).to.include({ status: 'accepted', picture: true, name: '大图.png' });
      expect((await shown(body.id, auditor)).status).to.equal('accepted');
      const copy = await get(`/api/files/${body.id}/picture`, auditor);
      const { width } = await sharp(new Uint8Array(await copy.arrayBuffer())).metadata();
      expect(width).to.equal(1_600);
      expect(readdirSync(incomingFolder(folder))).to.deep.equal([]);
    });

    it('are rejected with the reason, and their content goes', async () => {
      const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(17 * MB)]);
      const { body } = await giveFile(server.base, clerk, jpeg, { purpose: 'picture', name: 'a.jpg' });
      expect(body.status, body.code).to.equal('quarantine');
      await workOff();
      const after = await shown(body.id, clerk);
      expect(after.status).to.equal('rejected');
      expect(after.problem).to.include({ code: 'picture_damaged' });
      expect(after.problem!.detail).to.include('a.jpg').and.not.include('{');
      expect((await shown(body.id, auditor)).code).to.equal('file_unknown');
      expect((await get(`/api/files/${body.id}/content`, clerk)).status).to.equal(409);
      const database = await testDatabase();
      const actions = (await database
        .knex('audit_entry')
        .where({ record_kind: 'file', record_id: body.id })
        .orderBy('seq')
        .pluck('action')) as string[];
      expect(actions).to.deep.equal(['file.create', 'file.reject']);
    });
  });

  it(
    'lets a request neither change a record, nor make one for somebody else, nor read another’s quarantine',
    rolledBack(async (db) => {
      const row = (account: string | null, status: string, division_code = '410821100') =>
        db.raw(
          `insert into stored_file (division_code, account_id, purpose, name, media_type, bytes, sha256, status, checked_at)
           values (?, ?, 'data', 'a', 'text/plain', 1, sha256('a'), ?, case when ? = 'accepted' then now() end)`,
          [division_code, account, status, status],
        );
      await row(clerk.account_id, 'quarantine');
      await row(auditor.account_id, 'quarantine');
      await row(auditor.account_id, 'accepted');
      await row(auditor.account_id, 'accepted', '410821101');
      const code = (sql: () => Promise<unknown>) =>
        db.transaction(sql).then(
          () => 'done',
          (error: { code: string }) => error.code,
        );
      await enterScope(db, { ...PUBLIC_SCOPE, account: clerk.account_id, areas: ['410821100'] });
      const { rows } = await db.raw<{ rows: { mine: boolean; status: string }[] }>(
        "select account_id = ? as mine, status from stored_file where name = 'a' and sha256 = sha256('a')",
        [clerk.account_id],
      );
      expect(rows).to.have.deep.members([
        { mine: true, status: 'quarantine' },
        { mine: false, status: 'accepted' },
      ]);
      const inner = (sql: string) => code(() => db.raw(sql));
      expect(await inner(`update stored_file set status = 'accepted'`)).to.equal('42501');
      expect(await inner(`update unreferenced_blob set since = now() - interval '9 days'`)).to.equal('42501');
      expect(await inner('truncate stored_file')).to.equal('42501');
      expect(await code(() => row(auditor.account_id, 'quarantine'))).to.equal('42501');
      expect(await code(() => row(clerk.account_id, 'quarantine', '410821101'))).to.equal('42501');
      const { rowCount } = await db.raw<{ rowCount: number }>(
        `delete from stored_file where name = 'a' and account_id <> ${clerk.account_id}`,
      );
      expect(rowCount).to.equal(0);
    }),
  );
});
