import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { appendAudit, OPERATOR } from '../../server/audit/index.ts';
import { type Database, STATEMENT_LIMIT_MS } from '../../server/db/index.ts';
import { blobStore } from '../../server/files/index.ts';
import { installationKey } from '../../server/keys.ts';
import { runSelfTest } from '../../server/overlay/index.ts';
import {
  archiveFile,
  FILE_STORE,
  restoreBackup,
  verifiedBackup,
  verifyArchive,
  writeBackup,
  writeFileWhole,
} from '../../server/recovery/index.ts';
import { Startup } from '../../server/startup.ts';
import { type Opened, openEmpty } from '../support/database.ts';
import { FILE_BYTES, type LivedIn, liveIn, PASSWORD } from '../support/lived_in.ts';
import { type EmptyPlace, ENGINES, emptyPlace } from '../support/places.ts';
import { serve } from '../support/serve.ts';
import { tableSums } from '../support/table_sums.ts';

const PASSPHRASE = 'a passphrase of the test';
/** Changed by a restore on purpose, or written by the migrations that it runs. */
const CHANGED = ['session', 'one_time_link', 'audit_entry', 'audit_head', 'migration', 'migration_lock'];

describe('backup and restore', function () {
  this.timeout(180_000);
  let opened: Opened;
  let lived: LivedIn;
  let folder: string;
  let archive: string;
  let sumsBefore: Map<string, string>;
  let heads: unknown;

  const readHeads = async ({ knex }: Database) =>
    (await knex.raw('select county_code, seq, hash from audit_head order by 1')).rows;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cunma-recovery-'));
    opened = await openEmpty();
    lived = await liveIn(opened.database, join(folder, 'data'));
    sumsBefore = await tableSums(opened.database.knex, ['migration', 'migration_lock']);
    heads = await readHeads(opened.database);
    archive = join(folder, 'one.backup');
    await back(opened.database, lived.dataFolder, archive);
  });
  after(async () => {
    await opened.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  async function back(database: Database, dataFolder: string, file: string): Promise<void> {
    const of = { database, dataFolder, files: FILE_STORE };
    await writeFileWhole(file, (target) => writeBackup(of, target, { passphrase: PASSPHRASE }));
  }
  const restore = (file: string, place: EmptyPlace) =>
    restoreBackup(
      archiveFile(file),
      { ...place, files: FILE_STORE, selfTest: runSelfTest },
      { passphrase: PASSPHRASE },
    );

  it('holds every table but those that are named, with a reason, as left out', async () => {
    const { manifest } = await verifyArchive(archiveFile(archive), { passphrase: PASSPHRASE });
    const held = manifest.tables.map(({ name }) => name);
    expect([...held, 'migration', 'migration_lock'].sort()).to.deep.equal(
      [...sumsBefore.keys(), 'migration', 'migration_lock'].sort(),
    );
    const { rows } = await opened.database.knex.raw(
      `select s.relname from pg_class s where s.relkind = 'S' and s.relnamespace = 'public'::regnamespace
         and s.relname not like 'migration%' and not exists (select from pg_depend d where d.objid = s.oid and d.deptype in ('a', 'i'))`,
    );
    expect(rows, 'sequences that number no column').to.deep.equal([]);
    const { rows: referring } = await opened.database.knex.raw(
      `select conname from pg_constraint where contype = 'f'
         and confrelid = any ('{feature,piece,coverage_piece,division_total}'::regclass[])`,
    );
    expect(referring, 'rows that refer to land, which is read in other transactions').to.deep.equal([]);
    expect(statSync(archive).mode & 0o077).to.equal(0);
  });

  for (const engine of ENGINES)
    it(`comes back on the ${engine} engine: rows, files, key, trail, sign-in, token`, async () => {
      const place = await emptyPlace(engine);
      try {
        await restore(archive, place);
        const database = await place.open();
        try {
          await compare(database, place, sumsBefore);
        } finally {
          await database.close();
        }
        expect(readdirSync(place.dataFolder).filter((name) => name.startsWith('restore.'))).to.deep.equal([]);
        if (engine === 'embedded' && ENGINES.includes('native')) await moveToNative(place);
      } finally {
        await place.remove();
      }
    });

  /** From the embedded engine to PostGIS, as an installation that has grown does. */
  async function moveToNative(from: EmptyPlace): Promise<void> {
    const file = join(folder, 'grown.backup');
    const database = await from.open();
    const sums = await tableSums(database.knex);
    await back(database, from.dataFolder, file).finally(() => database.close());
    const to = await emptyPlace('native');
    try {
      await restore(file, to);
      const grown = await to.open();
      try {
        await compareSums(grown, sums);
      } finally {
        await grown.close();
      }
    } finally {
      await to.remove();
    }
  }

  async function compareSums(database: Database, sums: Map<string, string>): Promise<void> {
    const found = await tableSums(database.knex, CHANGED);
    for (const [name, sum] of sums) if (!CHANGED.includes(name)) expect(found.get(name), name).to.equal(sum);
  }

  async function compare(database: Database, place: EmptyPlace, sums: Map<string, string>): Promise<void> {
    const { knex } = database;
    await compareSums(database, sums);
    const kept = (await readHeads(database)) as { county_code: string; seq: string; hash: Buffer }[];
    for (const head of heads as typeof kept) {
      const { rows } = await knex.raw('select hash from audit_entry where county_code = ? and seq = ?', [
        head.county_code,
        head.seq,
      ]);
      expect(rows[0].hash.equals(head.hash), head.county_code).to.equal(true);
    }
    const { rows: last } = await knex.raw(
      "select action from audit_entry where county_code = '000000' order by seq desc limit 1",
    );
    expect(last[0].action).to.equal('installation.restore');
    const { rows: open } = await knex.raw(
      `select 1 from session where ended_at is null union all select 1 from one_time_link where expires_at > now()`,
    );
    expect(open, 'sessions and links that still let somebody in').to.deep.equal([]);

    const key = installationKey(place.dataFolder);
    const { rows: sealed } = await knex.raw(
      'select account_id, totp_secret from account_secret where totp_secret is not null',
    );
    expect(key.open(sealed[0].totp_secret, `totp ${sealed[0].account_id}`).equals(lived.totp)).to.equal(true);
    const { rows: stored } = await knex.raw(`select encode(sha256, 'hex') as name from stored_file`);
    const pieces: Buffer[] = [];
    for await (const piece of await blobStore(place.dataFolder).open(stored[0].name)) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(FILE_BYTES)).to.equal(true);

    // numbering goes on where it was: a new row meets none that is there
    const inserted = await knex
      .transaction(async (db) => {
        const { rows } = await db.raw(
          `insert into job (division_code, kind, title, input, max_attempts) values ('4108', 'x', '{}', 'null', 1) returning id`,
        );
        await db.rollback();
        return rows[0].id as string;
      })
      .catch(() => null);
    expect(inserted).to.not.equal('1');

    const startup = new Startup();
    startup.ready(database);
    const server = await serve(startup, { dataFolder: place.dataFolder, rateLimits: false });
    try {
      const get = (headers: Record<string, string>) => fetch(`${server.base}/api/me`, { headers });
      expect((await get(lived.administrator.headers)).status, 'a session of before').to.equal(401);
      expect((await get({ authorization: `Bearer ${lived.token}` })).status, 'a token').to.equal(200);
      const signedIn = await fetch(`${server.base}/api/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login: 'li.wei', password: PASSWORD }),
      });
      expect(signedIn.status, await signedIn.text()).to.equal(201);
    } finally {
      await server.close();
    }
  }

  it('holds one moment of what is written meanwhile', async () => {
    const { knex } = opened.database;
    const engine = ENGINES[0]!;
    let writing = true;
    let written = 0;
    // each change is a row and its entry in the trail: no backup may hold one without the other
    const writer = (async () => {
      while (writing) {
        const id = String(written).padStart(32, '0');
        await knex.transaction(async (db) => {
          await db.raw(
            `insert into land_check (county_code, id, expires_at, activity, outcome, geom, answer)
             select '410821', ?, now() + interval '1 day', 'meanwhile', 'clear', geom, '{}' from land_check limit 1`,
            [id],
          );
          await appendAudit(db, OPERATOR, {
            action: 'test.meanwhile',
            record_kind: 'test',
            record_id: id,
            division_code: '410821',
          });
        });
        written++;
      }
    })();
    const file = join(folder, 'meanwhile.backup');
    const atStart = written;
    await back(opened.database, lived.dataFolder, file);
    const during = written - atStart;
    writing = false;
    await writer;
    expect(during, 'nothing was written while the backup ran').to.be.greaterThan(0);
    const place = await emptyPlace(engine);
    try {
      await restore(file, place);
      const database = await place.open();
      const { rows } = await database.knex.raw(
        `select (select array_agg(id::text order by id) from land_check where activity = 'meanwhile') as checks,
           (select array_agg(record_id::text order by record_id) from audit_entry where action = 'test.meanwhile') as entries`,
      );
      await database.close();
      expect(rows[0].checks).to.deep.equal(rows[0].entries);
      const count = rows[0].checks?.length ?? 0;
      expect(rows[0].checks ?? []).to.deep.equal(
        Array.from({ length: count }, (_, i) => String(i).padStart(32, '0')),
      );
      expect(count).to.be.at.most(written);
    } finally {
      await place.remove();
    }
  });

  it('refuses a trail that was changed behind the database, and leaves nothing', async () => {
    const { knex } = opened.database;
    const file = join(folder, 'forged.backup');
    const change = (from: string, to: string) =>
      knex.raw(`update audit_entry set action = ? where county_code = '410821' and seq = 3 and action = ?`, [
        to,
        from,
      ]);
    await change('test.change', 'test.forged');
    await back(opened.database, lived.dataFolder, file).finally(() => change('test.forged', 'test.change'));
    const place = await emptyPlace(ENGINES[0]!);
    try {
      const error = await restore(file, place).then(
        () => null,
        (fault) => fault,
      );
      expect(error?.code).to.equal('restore_check_failed');
      expect(error.params.place).to.include('410821').and.include('#3');
      expect(readdirSync(place.dataFolder)).to.deep.equal([]);
      if (place.databaseUrl !== null) {
        const database = await place.open();
        const { rows } = await database.knex.raw(
          `select tablename from pg_tables where schemaname = 'public'`,
        );
        await database.close();
        expect(rows).to.deep.equal([]);
      }
    } finally {
      await place.remove();
    }
  });

  it('overwrites nothing: neither a database, nor a key, nor an archive', async () => {
    const code = (work: Promise<unknown>) =>
      work.then(
        () => 'done',
        (error) => error.code,
      );
    const place = await emptyPlace('embedded');
    try {
      installationKey(place.dataFolder);
      const key = readFileSync(join(place.dataFolder, 'keys', 'installation.pem'));
      expect(await code(restore(archive, place))).to.equal('restore_place_taken');
      expect(readFileSync(join(place.dataFolder, 'keys', 'installation.pem')).equals(key)).to.equal(true);
      expect(readdirSync(place.dataFolder)).to.deep.equal(['keys']);
    } finally {
      await place.remove();
    }
    if (ENGINES.includes('native')) {
      const taken = await emptyPlace('native');
      try {
        const database = await taken.open();
        await database.knex.raw('create table somebodys (id int primary key)');
        await database.close();
        expect(await code(restore(archive, taken))).to.equal('restore_place_taken');
      } finally {
        await taken.remove();
      }
    }
    expect(await code(back(opened.database, lived.dataFolder, archive))).to.equal('backup_file_exists');
    await verifiedBackup(archive, PASSPHRASE);
  });

  it('leaves no file where the disk is full', async () => {
    const file = join(folder, 'full.backup');
    const error = await writeFileWhole(file, async (target) => {
      target.write = () => {
        target.destroy(
          Object.assign(new Error('no space left on device'), { code: 'ENOSPC', syscall: 'write' }),
        );
        return false;
      };
      await writeBackup(
        { database: opened.database, dataFolder: lived.dataFolder, files: FILE_STORE },
        target,
        { passphrase: null },
      );
    }).then(
      () => null,
      (fault) => fault,
    );
    expect(error?.code).to.equal('ENOSPC');
    expect(existsSync(file)).to.equal(false);
    expect(existsSync(`${file}.partial`)).to.equal(false);
    if (opened.database.embedded) opened.database.embedded.limitMs = STATEMENT_LIMIT_MS;
    await opened.database.knex.raw('select 1');
  });
});
