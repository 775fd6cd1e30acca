import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { type Database, migrateExactly } from '../../server/db/index.ts';
import { type InstallationKey, installationKey } from '../../server/keys.ts';
import { runSelfTest } from '../../server/overlay/index.ts';
import { Problem } from '../../server/problems.ts';
import { type ArchiveSource, readMembers } from '../../server/recovery/archive_reader.ts';
import { ArchiveWriter } from '../../server/recovery/archive_writer.ts';
import { FILE_STORE, restoreBackup, verifyArchive, writeBackup } from '../../server/recovery/index.ts';
import { type Manifest, type Member, signManifest } from '../../server/recovery/manifest.ts';
import { type Opened, openEmpty } from '../support/database.ts';
import { ENGINES, emptyPlace } from '../support/places.ts';

const PASSPHRASE = 'a passphrase of the test';
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const source =
  (bytes: Buffer): ArchiveSource =>
  () =>
    PassThrough.from([bytes.subarray(0, 5), bytes.subarray(5)]);

async function collect(write: (target: PassThrough) => Promise<unknown>): Promise<Buffer> {
  const target = new PassThrough();
  const pieces: Buffer[] = [];
  target.on('data', (piece: Buffer) => pieces.push(piece));
  await write(target);
  return Buffer.concat(pieces);
}

/** An archive of a small database with schema only up to the trail: an older version's, with entries of its own. */
describe('a damaged, forged or foreign archive', function () {
  this.timeout(120_000);
  let opened: Opened;
  let folder: string;
  let key: InstallationKey;
  let plain: Buffer;
  let sealed: Buffer;
  let accountRows = '';

  const OLD = [
    '20261122-01-create-divisions',
    '20261122-02-create-layers',
    '20261122-03-create-checks',
    '20261122-04-create-land-kind',
    '20261122-05-create-accounts',
    '20261122-06-create-audit',
  ];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cunma-damage-'));
    key = installationKey(folder);
    opened = await openEmpty();
    const { knex } = opened.database;
    await knex.transaction((db) => migrateExactly(db, OLD));
    for (const login of ['li.wei', 'zhang.min'])
      await knex.raw(`insert into account (login, name, division_code) values (?, '名', '41')`, [login]);
    await knex.raw(`select append_audit(?)`, [
      JSON.stringify({
        account_id: null,
        action: 'a',
        record_kind: 'b',
        record_id: 'c',
        division_code: '41',
      }),
    ]);
    plain = await archived(opened.database, null);
    sealed = await archived(opened.database, PASSPHRASE);
    for await (const { name, body } of readMembers(source(plain), null))
      for await (const piece of body) if (name.startsWith('rows/account/')) accountRows += piece.toString();
  });
  after(async () => {
    await opened.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const archived = (database: Database, passphrase: string | null) =>
    collect((target) =>
      writeBackup({ database, dataFolder: folder, files: FILE_STORE }, target, { passphrase }),
    );

  async function verdict(bytes: Buffer, passphrase: string | null, fingerprint?: string): Promise<string> {
    try {
      await verifyArchive(source(bytes), { passphrase, fingerprint: fingerprint ?? null });
      return 'accepted';
    } catch (error) {
      if (error instanceof Problem) return error.code;
      throw error;
    }
  }

  /** The archive taken apart and put together again by somebody who knows the format. */
  async function rebuilt(
    change: (member: { name: string; bytes: Buffer }) => Buffer | null,
    options: { manifest?: (manifest: Manifest) => void; sign?: InstallationKey; extra?: string[] } = {},
  ): Promise<Buffer> {
    const found: { name: string; bytes: Buffer }[] = [];
    for await (const { name, body } of readMembers(source(plain), null)) {
      const pieces: Buffer[] = [];
      for await (const piece of body) pieces.push(piece);
      found.push({ name, bytes: Buffer.concat(pieces) });
    }
    return collect(async (target) => {
      const writer = new ArchiveWriter(target, null);
      const members: Member[] = [];
      for (const member of found.slice(0, -2)) {
        const bytes = change(member);
        if (bytes === null) continue;
        members.push({ name: member.name, bytes: bytes.length, sha256: sha256(bytes) });
        await writer.add(member.name, bytes);
      }
      for (const name of options.extra ?? []) {
        const bytes = Buffer.from('x');
        members.push({ name, bytes: 1, sha256: sha256(bytes) });
        await writer.add(name, bytes);
      }
      const [manifest, signature] = found.slice(-2);
      const claim = { ...(JSON.parse(manifest!.bytes.toString()) as Manifest), members };
      options.manifest?.(claim);
      const bytes = Buffer.from(JSON.stringify(claim));
      await writer.add('manifest.json', bytes);
      await writer.add('manifest.sig', options.sign ? signManifest(bytes, options.sign) : signature!.bytes);
      await writer.finish();
    });
  }
  const same = ({ bytes }: { bytes: Buffer }) => bytes;
  const renamed = (member: { name: string; bytes: Buffer }) =>
    member.name.startsWith('rows/account/')
      ? Buffer.from(member.bytes.toString().replace('li.wei', 'lu.wei'))
      : member.bytes;

  it('is told from a good one', async () => {
    expect(await verdict(plain, null)).to.equal('accepted');
    expect(await verdict(sealed, PASSPHRASE)).to.equal('accepted');
    expect(await verdict(await rebuilt(same), null), 'the taking apart itself').to.equal('accepted');
    expect(plain.includes('li.wei') || sealed.includes('li.wei')).to.equal(false);
  });

  it('is refused with a wrong passphrase, none, or one too many', async () => {
    expect(await verdict(sealed, `${PASSPHRASE} `)).to.equal('backup_passphrase_wrong');
    expect(await verdict(sealed, null)).to.equal('backup_passphrase_needed');
    expect(await verdict(plain, PASSPHRASE)).to.equal('backup_not_encrypted');
  });

  it('is refused when it was cut anywhere', async () => {
    for (const [bytes, passphrase] of [
      [plain, null],
      [sealed, PASSPHRASE],
    ] as const)
      for (const end of [0, 7, 11, 40, 100, 0.3, 0.6, 0.9, -8, -1]) {
        const at = end < 0 ? bytes.length + end : end < 1 ? Math.floor(bytes.length * end) : end;
        expect(await verdict(bytes.subarray(0, at), passphrase), `${at} of ${bytes.length}`).to.not.equal(
          'accepted',
        );
      }
  });

  it('is refused when a bit is turned, in whatever region', async () => {
    const fingerprint = key.fingerprint;
    for (let i = 0; i < 40; i++) {
      const forged = Buffer.from(plain);
      const at = Math.floor((i * plain.length) / 40);
      forged[at]! ^= 1 << (i % 8);
      // 4 to 9: time, flags and system of the packing, which gzip protects by nothing and nobody reads
      if (at >= 4 && at <= 9) continue;
      expect(await verdict(forged, null, fingerprint), `byte ${at}`).to.not.equal('accepted');
    }
    for (const at of [0, 12, 20, 33, 34, 60, sealed.length >> 1, sealed.length - 1]) {
      const forged = Buffer.from(sealed);
      forged[at]! ^= 4;
      expect(await verdict(forged, PASSPHRASE), `byte ${at}, encrypted`).to.not.equal('accepted');
    }
  });

  it('is refused when rows were changed and every hash put right, but the signature', async () => {
    expect(await verdict(await rebuilt(renamed), null)).to.equal('backup_damaged');
    const stolen = installationKey(join(folder, 'another'));
    const resigned = await rebuilt(renamed, { sign: stolen });
    expect(await verdict(resigned, null), 'signed by a key that it does not name').to.equal('backup_damaged');
  });

  it('is refused when its members are not those of its manifest', async () => {
    const drop = (member: { name: string; bytes: Buffer }) =>
      member.name.startsWith('rows/account/') ? null : member.bytes;
    expect(await verdict(await rebuilt(drop, { sign: key }), null), 'rows left out').to.equal(
      'backup_damaged',
    );
    for (const name of [
      '../../etc/passwd',
      'files/../x',
      '/rows/account/00000001.ndjson',
      'rows/evil/00000000.ndjson',
    ])
      expect(await verdict(await rebuilt(same, { sign: key, extra: [name] }), null), name).to.equal(
        'backup_damaged',
      );
    const counted = await rebuilt(same, {
      sign: key,
      manifest: (claim) => {
        claim.tables.find(({ name }) => name === 'account')!.rows++;
      },
    });
    expect(await verdict(counted, null), 'another number of rows').to.equal('backup_damaged');
  });

  it('is refused when another installation made it, where the fingerprint is demanded', async () => {
    expect(await verdict(plain, null, key.fingerprint.toUpperCase())).to.equal('accepted');
    expect(await verdict(plain, null, randomBytes(32).toString('hex'))).to.equal('backup_untrusted');
  });

  async function restored(bytes: Buffer): Promise<{ code: string; left: string[] }> {
    const place = await emptyPlace(ENGINES[0]!);
    try {
      const options = { passphrase: null };
      const to = { ...place, files: FILE_STORE, selfTest: async () => [] };
      const code = await restoreBackup(source(bytes), to, options).then(
        () => 'restored',
        (error) => error.code,
      );
      return { code, left: readdirSync(place.dataFolder) };
    } finally {
      await place.remove();
    }
  }

  it('is refused when a newer version made it', async () => {
    const newer = await rebuilt(same, {
      sign: key,
      manifest: (claim) => claim.migrations.push('29991231-01-x'),
    });
    expect(await restored(newer)).to.deep.equal({ code: 'backup_newer', left: [] });
    const format = await rebuilt((member) =>
      member.name === 'cunma-backup.json' ? Buffer.from('{"format":2}') : member.bytes,
    );
    expect(await verdict(format, null)).to.equal('backup_newer');
  });

  it('of an older version is restored and brought up to date', async () => {
    const place = await emptyPlace(ENGINES[0]!);
    try {
      const to = { ...place, files: FILE_STORE, selfTest: async () => [] };
      await restoreBackup(source(plain), to, { passphrase: null });
      const database = await place.open();
      try {
        const { rows } = await database.knex.raw(
          `select (select string_agg(login, ' ' order by id) from account) as logins, to_regclass('job')::text as job`,
        );
        expect(rows[0]).to.deep.equal({ logins: 'li.wei zhang.min', job: 'job' });
        // the installation's own land for it comes with the first start
        expect(await runSelfTest(database.knex, database.gridSize)).to.deep.equal([
          'the self-test land is missing',
        ]);
      } finally {
        await database.close();
      }
      const restoredKey = readFileSync(join(place.dataFolder, 'keys', 'installation.pem'));
      expect(restoredKey.equals(readFileSync(join(folder, 'keys', 'installation.pem')))).to.equal(true);
    } finally {
      await place.remove();
    }
  });

  it('whose rows do not fit the tables is taken back whole', async () => {
    const breaking = (member: { name: string; bytes: Buffer }) =>
      member.name.startsWith('rows/account/')
        ? Buffer.from(member.bytes.toString().replace('li.wei', 'LI WEI'))
        : member.bytes;
    const forged = await rebuilt(breaking, {
      sign: key,
      manifest: (claim) => {
        const table = claim.tables.find(({ name }) => name === 'account')!;
        const rows = accountRows
          .trimEnd()
          .split('\n')
          .map((line) => line.replace('li.wei', 'LI WEI'));
        const sum = rows.reduce((total, line) => total + BigInt(`0x${sha256(Buffer.from(line))}`), 0n);
        table.digest = (sum % 2n ** 256n).toString(16).padStart(64, '0');
      },
    });
    const { code, left } = await restored(forged);
    expect(code, 'a check of the table').to.equal('restore_check_failed');
    expect(left).to.deep.equal([]);
  });
});
