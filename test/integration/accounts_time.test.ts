import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { attemptHistory, forgetAttempts } from '../../server/accounts/attempt_queries.ts';
import type { AccountsContext } from '../../server/accounts/context.ts';
import { identify } from '../../server/accounts/index.ts';
import { hashPassword } from '../../server/accounts/password.ts';
import { signIn } from '../../server/accounts/sign_in.ts';
import { storePassword } from '../../server/accounts/sign_in_queries.ts';
import { secretHash } from '../../server/actor.ts';
import { installationKey } from '../../server/keys.ts';
import { Problem } from '../../server/problems.ts';
import { rolledBack, testDatabase } from '../support/database.ts';

const START = new Date('2031-05-05T00:00:00Z');
const later = (hours: number) => new Date(START.getTime() + hours * 3_600_000);
const SECRET = 's'.repeat(43);
const session = { kind: 'session', secret: SECRET } as const;
const token = { kind: 'token', secret: SECRET } as const;

async function account(db: Knex, change: object = {}): Promise<string> {
  const [row] = (await db('account')
    .insert({ login: 'clock', name: 'x', division_code: '41', ...change })
    .returning('id')) as { id: string }[];
  return row!.id;
}

async function addSession(db: Knex, change: object = {}): Promise<string> {
  const account_id = await account(db, change);
  await db('session').insert({
    ...{ account_id, token_hash: secretHash(SECRET) },
    ...{ created_at: START, last_seen_at: START, expires_at: later(24 * 7) },
  });
  return account_id;
}

describe('what time does to a session', () => {
  it(
    'ends it after a working day without use, and after a week with',
    rolledBack(async (db) => {
      await addSession(db);
      expect(await identify(db, session, later(7.9))).to.not.equal(null);
      expect(await identify(db, session, later(15.8))).to.not.equal(null);
      expect(await identify(db, session, later(24))).to.equal(null);
      await db('session').update({ last_seen_at: later(24 * 7 - 1) });
      expect(await identify(db, session, later(24 * 7 - 0.1))).to.not.equal(null);
      expect(await identify(db, session, later(24 * 7))).to.equal(null);
    }),
  );

  it(
    'a clock set back ends none and prolongs none',
    rolledBack(async (db) => {
      await addSession(db);
      expect(await identify(db, session, later(-24 * 365))).to.not.equal(null);
      const [row] = (await db('session').select('last_seen_at', 'expires_at')) as Record<string, Date>[];
      expect(row!.last_seen_at).to.deep.equal(START);
      expect(row!.expires_at).to.deep.equal(later(24 * 7));
    }),
  );

  it(
    'a token ends with its day, whatever is used',
    rolledBack(async (db) => {
      const account_id = await account(db);
      await db('api_token').insert({
        ...{
          account_id,
          label: 'x',
          token_hash: secretHash(SECRET),
          rights: ['checks.read'],
          division_code: '41',
        },
        ...{ created_by: account_id, created_at: START, expires_at: later(48) },
      });
      expect((await identify(db, token, later(47.9)))?.token?.rights).to.deep.equal(['checks.read']);
      expect(await identify(db, token, later(48))).to.equal(null);
      expect(await identify(db, session, later(1))).to.equal(null);
    }),
  );

  it(
    'people of the demonstration are nobody once the land is real',
    rolledBack(async (db) => {
      await addSession(db, { demonstration: true });
      expect(await identify(db, session, later(1))).to.not.equal(null);
      await db.raw('alter table layer_version drop constraint layer_version_land_kind_fkey');
      await db('land_kind').update({ demonstration: false });
      expect(await identify(db, session, later(1))).to.equal(null);
      await db('land_kind').delete();
      expect(await identify(db, session, later(1))).to.equal(null);
      await db('account').update({ demonstration: false });
      expect(await identify(db, session, later(1))).to.not.equal(null);
    }),
  );
});

describe('failed sign-ins', () => {
  const NOW = later(1000);
  const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
  const add = (db: Knex, login: string, address: string, hours: number, succeeded = false) =>
    db('sign_in_attempt').insert({ login, address, at: ago(hours), succeeded });

  it(
    'count since the last success here, elsewhere where it never succeeded, and by address',
    rolledBack(async (db) => {
      await add(db, 'li', 'home', 3);
      await add(db, 'li', 'home', 2, true);
      await add(db, 'li', 'home', 1);
      await add(db, 'li', 'home', 0.5);
      await add(db, 'li', 'far', 5);
      await add(db, 'li', 'far', 23);
      await add(db, 'li', 'far', 25);
      await add(db, 'wang', 'home', 0.9);
      await add(db, 'wang', 'home', 1.1);
      await add(db, 'li', 'old office', 24 * 31, true);
      await add(db, 'li', 'old office', 4);
      const here = await attemptHistory(db, 'li', 'home', NOW);
      expect(here).to.deep.equal({
        known: true,
        here: { count: 2, last: ago(0.5) },
        elsewhere: { count: 3, last: ago(4) },
        address: { count: 2, last: ago(0.5) },
      });
      const far = await attemptHistory(db, 'li', 'far', NOW);
      expect([far.known, far.here.count]).to.deep.equal([false, 2]);
    }),
  );

  it(
    'from the future, after a clock was set back, count for nothing; old ones are forgotten',
    rolledBack(async (db) => {
      for (let i = 0; i < 30; i++) await add(db, 'li', 'home', -100);
      await add(db, 'li', 'home', 24 * 31);
      const history = await attemptHistory(db, 'li', 'home', NOW);
      expect([history.here.count, history.elsewhere.count, history.address.count]).to.deep.equal([0, 0, 0]);
      expect(await forgetAttempts(db, ago(24 * 30))).to.equal(1);
    }),
  );
});

describe('guessing at a password', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cunma-accounts-'));
  let now = START;
  let context: AccountsContext;
  const attempt = (login: string, password: string, address: string) =>
    signIn(context, { login, password }, { address, agent: '', request_id: '' }).then(
      () => 'in',
      (error: unknown) => (error instanceof Problem ? error.code : String(error)),
    );

  before(async () => {
    const database = await testDatabase();
    const key = installationKey(folder);
    context = { key, publicUrl: 'http://localhost', database: () => database, now: () => now };
    for (const login of ['guessed', 'colleague']) {
      const id = await account(database.knex, { login });
      await storePassword(database.knex, id, await hashPassword('the right one'), START);
    }
  });
  after(async () => {
    const { knex } = await testDatabase();
    await knex('account').delete();
    await knex('sign_in_attempt').delete();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    const { knex } = await testDatabase();
    now = START;
    await knex('sign_in_attempt').delete();
  });

  it('a hundred guesses at once are a hundred, not one', async () => {
    const said = await Promise.all(
      Array.from({ length: 20 }, (_, i) => attempt('guessed', `guess number ${i}`, '192.0.2.1')),
    );
    expect(said.filter((one) => one === 'sign_in_failed')).to.have.length(5);
    expect(said.filter((one) => one === 'sign_in_throttled')).to.have.length(15);
    expect(await attempt('guessed', 'the right one', '192.0.2.1')).to.equal('sign_in_throttled');
    now = new Date(START.getTime() + 31_000);
    expect(await attempt('guessed', 'the right one', '192.0.2.1')).to.equal('in');
  });

  it('from many places keeps nobody out of where they signed in lately', async () => {
    expect(await attempt('guessed', 'the right one', '192.0.2.1')).to.equal('in');
    const { knex } = await testDatabase();
    for (let i = 0; i < 200; i++)
      await knex('sign_in_attempt').insert({
        login: 'guessed',
        address: `198.51.100.${i}`,
        at: now,
        succeeded: false,
      });
    expect(await attempt('guessed', 'the right one', '203.0.113.9')).to.equal('sign_in_throttled');
    expect(await attempt('guessed', 'the right one', '192.0.2.1')).to.equal('in');
  });

  it('behind an office’s address slows those who guess, not the colleagues who sign in there', async () => {
    expect(await attempt('colleague', 'the right one', '192.0.2.1')).to.equal('in');
    const { knex } = await testDatabase();
    for (let i = 0; i < 100; i++)
      await knex('sign_in_attempt').insert({
        login: `?${i}`,
        address: '192.0.2.1',
        at: now,
        succeeded: false,
      });
    expect(await attempt('nobody', 'x', '192.0.2.1')).to.equal('sign_in_throttled');
    expect(await attempt('colleague', 'the right one', '192.0.2.1')).to.equal('in');
  });

  it('is no way to tell an account by the wait', async () => {
    const known = [];
    const unknown = [];
    for (let i = 0; i < 7; i++) {
      known.push(await attempt('guessed', 'x', '192.0.2.1'));
      unknown.push(await attempt('not-there', 'x', '192.0.2.1'));
    }
    expect(known).to.deep.equal(unknown);
  });
});
