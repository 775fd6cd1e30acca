import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import pino from 'pino';
import type { BackupList, Job } from '../../server/contract/index.ts';
import { JobQueue } from '../../server/jobs/index.ts';
import { installationKey } from '../../server/keys.ts';
import {
  archiveFile,
  backupByServer,
  backupJob,
  backupSettings,
  finishRestore,
  openOperatorChannel,
  verifyArchive,
} from '../../server/recovery/index.ts';
import { testDatabase } from '../support/database.ts';
import { person } from '../support/people.ts';
import { type Served, serve } from '../support/serve.ts';

const PASSPHRASE = 'a passphrase of the test';

describe("the server's own backups", function () {
  this.timeout(120_000);
  let server: Served;
  let folder: string;
  let settings: ReturnType<typeof backupSettings>;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cunma-backups-'));
    installationKey(folder);
    const config = {
      dataFolder: folder,
      backupFolder: null,
      backupAt: '02:30',
      backupPassphrase: PASSPHRASE,
    };
    settings = backupSettings(config);
    server = await serve(undefined, { ...config, rateLimits: false });
    const { knex } = await testDatabase();
    await knex.raw(`insert into installation (area) values ('41') on conflict do nothing`);
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are made by a job, read back, and listed for whoever manages the whole installation', async () => {
    const database = await testDatabase();
    const { knex } = database;
    const { rows: area } = await knex.raw('select area from installation');
    const administrator = await person(knex, [{ role: 'administrator', division_code: area[0].area }]);
    const elsewhere = await person(knex, [{ role: 'administrator', division_code: '410821' }]);
    const ask = (method: string, { headers }: { headers: Record<string, string> }) =>
      fetch(`${server.base}/api/backups`, { method, headers });
    for (const method of ['GET', 'POST']) {
      expect((await fetch(`${server.base}/api/backups`, { method })).status).to.equal(401);
      expect((await ask(method, elsewhere)).status, `${method}, a county's administrator`).to.equal(403);
    }
    const started = await ask('POST', administrator);
    expect(started.status).to.equal(201);
    const job = (await started.json()) as Job;
    expect([job.kind, job.status]).to.deep.equal(['backup', 'queued']);

    const queue = new JobQueue(database, [backupJob(settings)], pino({ level: 'silent' }), {
      concurrency: 1,
    });
    await queue.start();
    const done = await ended(job.id, administrator.headers);
    await queue.stop();
    expect(done.status, JSON.stringify(done.problem)).to.equal('succeeded');

    const list = (await (await ask('GET', administrator)).json()) as BackupList;
    expect(list.backups).to.have.length(1);
    const [backup] = list.backups;
    expect(list.last_good_at).to.equal(backup!.created_at);
    expect(list.key_fingerprint).to.equal(installationKey(folder).fingerprint);
    expect(backup!.encrypted).to.equal(true);
    const file = join(folder, 'backups', backup!.name);
    expect(statSync(file).size).to.equal(backup!.bytes);
    const verified = await verifyArchive(archiveFile(file), {
      passphrase: PASSPHRASE,
      fingerprint: list.key_fingerprint,
    });
    expect(verified.manifest.tables.reduce((sum, { rows }) => sum + rows, 0)).to.equal(backup!.rows);

    writeFileSync(file, readFileSync(file).subarray(0, -1));
    const after = (await (await ask('GET', administrator)).json()) as BackupList;
    expect(after.backups, 'an archive that was cut no longer counts').to.deep.equal([]);
  });

  async function ended(id: string, headers: Record<string, string>): Promise<Job> {
    for (;;) {
      const job = (await (await fetch(`${server.base}/api/jobs/${id}`, { headers })).json()) as Job;
      if (job.status !== 'queued' && job.status !== 'running') return job;
      await sleep(100);
    }
  }

  it('are also made for the operator, and for nobody else', async () => {
    const database = await testDatabase();
    const close = await openOperatorChannel({ ...settings, database: () => database, warn: () => undefined });
    try {
      expect(statSync(join(folder, 'operator.json')).mode & 0o077).to.equal(0);
      const { port } = JSON.parse(readFileSync(join(folder, 'operator.json'), 'utf8'));
      const post = (authorization?: string) =>
        fetch(`http://127.0.0.1:${port}/backup`, {
          method: 'POST',
          body: '{"passphrase":null}',
          headers: authorization ? { authorization } : {},
        });
      expect((await post()).status).to.equal(404);
      expect((await post(`Bearer ${'x'.repeat(43)}`)).status).to.equal(404);

      const pieces: Buffer[] = [];
      const target = new PassThrough();
      target.on('data', (piece: Buffer) => pieces.push(piece));
      await backupByServer(folder, target, PASSPHRASE);
      const archive = Buffer.concat(pieces);
      const { manifest } = await verifyArchive(() => PassThrough.from([archive]), { passphrase: PASSPHRASE });
      expect(manifest.engine).to.equal(database.kind);
      expect(
        readdirSync(join(folder, 'backups')).filter((name) => name.startsWith('operator')),
      ).to.deep.equal([]);
    } finally {
      await close();
    }
    expect(existsSync(join(folder, 'operator.json'))).to.equal(false);
    const error = await backupByServer(folder, new PassThrough(), null).then(
      () => null,
      (fault) => fault,
    );
    expect(error?.code).to.equal('backup_unreachable');
  });
});

describe('a restore that was interrupted while it moved things to their place', () => {
  it('is ended at the next start, wherever it stopped', async () => {
    for (const moved of [0, 1, 2, 3, 4]) {
      const folder = mkdtempSync(join(tmpdir(), 'cunma-moved-'));
      const names = ['keys', 'files', 'pg', 'pg.initialised'];
      for (const [i, name] of names.entries()) {
        const at = join(folder, i < moved ? '' : 'restore.ready', name);
        mkdirSync(join(at, '..'), { recursive: true });
        if (name === 'pg.initialised') writeFileSync(at, 'x');
        else mkdirSync(join(at, 'inside'), { recursive: true });
      }
      mkdirSync(join(folder, 'restore.ready'), { recursive: true });
      await finishRestore(folder);
      expect(readdirSync(folder).sort(), `${moved} moved`).to.deep.equal([...names].sort());
      rmSync(folder, { recursive: true });
    }
  });
});

describe('cunma backup, restore and doctor', function () {
  this.timeout(120_000);
  const cunma = (words: string[], env: Record<string, string>) =>
    spawnSync(process.execPath, ['--import=tsx', 'server/cli.ts', ...words], {
      env: { ...process.env, DATABASE_URL: '', ...env },
      encoding: 'utf8',
      timeout: 100_000,
    });

  it('say in both languages what is wrong, and make nothing where nothing is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cunma-nothing-'));
    const data = join(folder, 'data');
    const backup = cunma(['backup', join(folder, 'x.backup')], { CUNMA_DATA: data });
    expect(backup.status, backup.stderr).to.equal(1);
    expect(backup.stderr).to.include('找不到本系统的密钥').and.include('key is not there');
    expect(cunma(['backup', '--what'], { CUNMA_DATA: data }).status).to.equal(2);
    const doctor = cunma(['doctor'], { CUNMA_DATA: data });
    expect(doctor.status, doctor.stderr).to.equal(1);
    expect(doctor.stdout).to.include('✗ 数据库').and.include('There is no database');
    expect(existsSync(data)).to.equal(false);
    rmSync(folder, { recursive: true });
  });
});
