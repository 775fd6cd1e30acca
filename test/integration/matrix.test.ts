import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Express } from 'express';
import type { Knex } from 'knex';
import { z } from 'zod';
import { RIGHTS, type Right, ROLES, type Role } from '../../server/contract/index.ts';
import type { JobKind } from '../../server/jobs/index.ts';
import { RIGHTS_OF } from '../../server/rights.ts';
import { testDatabase } from '../support/database.ts';
import { installationAreaForTests } from '../support/installation.ts';
import { type Answered, call, token, verdict } from '../support/matrix/caller.ts';
import { expected, expectedSeen, type Place } from '../support/matrix/expected.ts';
import { RECORDS, type RecordKind } from '../support/matrix/records.ts';
import { PAGES, ROWS, type Row } from '../support/matrix/rows.ts';
import { type Person, person } from '../support/people.ts';
import { serve } from '../support/serve.ts';

const AREAS: Record<Place, string> = {
  own: '410821',
  child: '410821100',
  parent: '4108',
  foreign: '410822',
};
const PLACES = Object.keys(AREAS) as Place[];
const KIND: JobKind = {
  kind: 'matrix',
  title: { zh: '试', en: 'test' },
  input: z.unknown(),
  right: 'jobs.manage',
  maxAttempts: 1,
  run: async () => null,
};

/** What Express has registered, from its own stack: `GET /api/me`; a router of its own would hide its routes. */
function registered(app: Express): string[] {
  const stack = app.router.stack as unknown as {
    name: string;
    route?: { path: string | RegExp | (string | RegExp)[]; methods: Record<string, boolean> };
  }[];
  return stack.flatMap(({ name, route }) => {
    if (name === 'router') return ['a router within the router'];
    if (route === undefined) return [];
    const methods = Object.keys(route.methods).filter((method) => method !== 'head');
    return [route.path].flat().flatMap((path) => methods.map((m) => `${m.toUpperCase()} ${String(path)}`));
  });
}

describe('every route × every role × own, child, parent and foreign area', function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'cunma-matrix-'));
  let app: Express;
  let base = '';
  let close: () => Promise<void> = async () => undefined;
  let knex: Knex;
  let whole = '';
  let village_token = '';
  let sha256 = '';
  const people = new Map<string, Person>();

  before(async () => {
    ({ knex } = await testDatabase());
    whole = await installationAreaForTests();
    ({ app, base, close } = await serve(undefined, { rateLimits: false, dataFolder: folder }, [KIND]));
    const [row] = (await knex('village_token').select('token').limit(1)) as { token: string }[];
    village_token = row!.token;
    const form = new FormData();
    form.append('purpose', 'data');
    form.append('file', new Blob(['matrix\n']), 'matrix.txt');
    const { headers } = await someone('planner', AREAS.own);
    const kept = await fetch(`${base}/api/files`, { method: 'POST', headers, body: form });
    ({ sha256 } = (await kept.json()) as { sha256: string });
    expect(kept.status).to.equal(201);
  });
  after(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** letters only: an action of the trail is written so */
  const stamp = () =>
    `m${randomBytes(6)
      .toString('hex')
      .replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)]!)}`;
  const someone = (role: Role, area: string): Promise<Person> =>
    person(knex, [{ role, division_code: area }]);
  /** Somebody who may be used again, for calls that change nothing of theirs. */
  const known = async (role: Role, area: string): Promise<Person> => {
    const key = `${role} ${area}`;
    if (!people.has(key)) people.set(key, await someone(role, area));
    return people.get(key)!;
  };
  const personFor = (row: Row, role: Role): Promise<Person> => {
    const area = row.whole ? whole : AREAS.own;
    return ['signed_in', 'optional'].includes(row.access) && !row.route.startsWith('GET')
      ? someone(role, area)
      : known(role, area);
  };
  const record = (kind: RecordKind, area: string, account_id: string | null, text = stamp()) =>
    RECORDS[kind](knex, { area, account_id, stamp: text, sha256 });

  /** One call of the row by somebody, about a record of `account_id` in `area`. */
  async function attempt(
    row: Row,
    headers: Record<string, string>,
    area: string,
    account_id: string | null = null,
  ): Promise<Answered> {
    const made = row.of ? await record(row.of, area, account_id) : '';
    const sent = row.send?.({ record: made, area, stamp: stamp(), village_token }) ?? {};
    return call(base, row, sent, made, headers);
  }

  const all = (): Row[] => [...ROWS, ...(existsSync('dist/client/index.html') ? PAGES : [])];
  const right = ({ access }: Row): Right | null =>
    (RIGHTS as readonly string[]).includes(access) ? (access as Right) : null;
  const holder = (of: Right): Role => ROLES.find((role) => RIGHTS_OF[role].includes(of))!;
  const told = (row: Row, what: string, answer: Answered) =>
    `${row.route} ${what}: ${verdict(row, answer)} (${answer.status} ${answer.code})`;

  it('knows every route that Express has, and no other', () => {
    expect(registered(app).sort()).to.deep.equal(
      all()
        .map(({ route }) => route)
        .sort(),
    );
  });

  it('lets nobody without an account past a door that asks for one', async () => {
    const faults: string[] = [];
    for (const row of all()) {
      const answer = await attempt(row, {}, AREAS.own);
      const wanted = ['public', 'optional'].includes(row.access) ? 'done' : 'sign_in';
      if (verdict(row, answer) !== wanted) faults.push(told(row, `anonymous, not ${wanted}`, answer));
    }
    expect(faults).to.deep.equal([]);
  });

  for (const role of ROLES)
    it(`${role}: what docs/roles.md says, in its own area, below, above and beside`, async () => {
      const faults: string[] = [];
      for (const row of ROWS) {
        const places = row.of || row.into ? PLACES : (['own'] as const);
        for (const place of places) {
          const { headers } = await personFor(row, role);
          const answer = await attempt(row, headers, AREAS[place]);
          const wanted = expected(row, role, place);
          if (verdict(row, answer) !== wanted)
            faults.push(told(row, `${role}, ${place} area, not ${wanted}`, answer));
        }
      }
      expect(faults).to.deep.equal([]);
    });

  it('gives everybody what is their own, with any role', async () => {
    const faults: string[] = [];
    for (const row of ROWS.filter((r) => r.mine || r.others))
      for (const role of ROLES) {
        if (row.of === undefined) continue;
        const needed = right(row);
        if (needed !== null && !RIGHTS_OF[role].includes(needed)) continue;
        const owner = await someone(role, AREAS.own);
        const answer = await attempt(row, owner.headers, AREAS.own, owner.account_id);
        if (verdict(row, answer) !== 'done') faults.push(told(row, `${role}, own record`, answer));
      }
    expect(faults).to.deep.equal([]);
  });

  for (const row of ROWS.filter(({ lists }) => lists !== undefined))
    it(`${row.route} lists the records of the areas in which the role has the right, and no other`, async () => {
      const text = stamp();
      const made = new Map<string, Place>();
      for (const place of PLACES) made.set(await record(row.lists!, AREAS[place], null, text), place);
      const sent = row.send?.({ record: '', area: AREAS.own, stamp: text, village_token }) ?? {};
      for (const role of ROLES) {
        const needed = right(row);
        if (needed !== null && !RIGHTS_OF[role].includes(needed)) continue;
        const { headers } = await known(role, AREAS.own);
        const answer = await call(base, row, sent, '', headers);
        expect(verdict(row, answer), role).to.equal('done');
        // of a check only the first digits are shown
        const shown = [...made].filter(([key]) =>
          answer.text.includes(row.lists === 'check' ? `"${key.slice(0, 8)}"` : `"${key}"`),
        );
        expect(shown.map(([, place]) => place).sort(), role).to.deep.equal(expectedSeen(row, role));
      }
    });

  it('what is about the whole installation is refused to whoever has the right in a part of it', async () => {
    const faults: string[] = [];
    for (const row of ROWS.filter((r) => r.whole)) {
      const { headers } = await known(holder(right(row)!), AREAS.own);
      const answer = await attempt(row, headers, AREAS.own);
      if (verdict(row, answer) !== 'forbidden') faults.push(told(row, 'part of the installation', answer));
    }
    expect(faults).to.deep.equal([]);
  });

  it('a token does what it and its person may, where both may, until it ends', async () => {
    const faults: string[] = [];
    const check = async (
      row: Row,
      what: string,
      wanted: string,
      limits: { rights: readonly Right[]; division_code: string },
      state: { revoked?: boolean; expired?: boolean } = {},
    ) => {
      const role = right(row) === null ? 'auditor' : holder(right(row)!);
      const { account_id } = await personFor(row, role);
      const answer = await attempt(
        row,
        await token(knex, account_id, limits, state),
        AREAS.own,
        row.mine ? account_id : null,
      );
      if (verdict(row, answer) !== wanted) faults.push(told(row, `${what}, not ${wanted}`, answer));
    };
    for (const row of ROWS) {
      const area = row.whole ? whole : AREAS.own;
      const everything = { rights: RIGHTS, division_code: area };
      const needed = right(row);
      if (['public', 'optional'].includes(row.access)) continue;
      await check(row, 'revoked token', 'sign_in', everything, { revoked: true });
      await check(row, 'expired token', 'sign_in', everything, { expired: true });
      if (needed === null) continue;
      const done = row.people_only ? 'forbidden' : 'done';
      await check(row, 'token', done, { rights: [needed], division_code: area });
      const others = RIGHTS.filter((other) => other !== needed);
      await check(row, 'token of other rights', 'forbidden', { rights: others, division_code: area });
      await check(row, 'token of a foreign area', 'forbidden', { rights: RIGHTS, division_code: '99' });
      if (row.people_only || !(row.of || row.into) || row.mine) continue;
      const narrow = { rights: RIGHTS, division_code: AREAS.child };
      await check(row, 'token of a smaller area', row.into ? 'forbidden' : 'absent', narrow);
    }
    expect(faults).to.deep.equal([]);
  });

  it('a session that has ended, a closed account and a password to be changed open no door', async () => {
    const faults: string[] = [];
    const ended = await someone('auditor', whole);
    await knex('session').where({ account_id: ended.account_id }).update({ ended_at: knex.fn.now() });
    const expired = await someone('administrator', whole);
    await knex('session')
      .where({ account_id: expired.account_id })
      .update({ expires_at: knex.raw("now() - interval '1 second'") });
    const closed = await someone('administrator', whole);
    await knex('account').where({ id: closed.account_id }).update({ active: false });
    for (const row of ROWS) {
      if (['public', 'optional'].includes(row.access)) continue;
      for (const [what, { headers }] of Object.entries({ ended, expired, closed })) {
        const answer = await attempt(row, headers, AREAS.own);
        if (verdict(row, answer) !== 'sign_in') faults.push(told(row, what, answer));
      }
      const needed = right(row);
      if (needed === null) continue;
      const waiting = await someone(holder(needed), whole);
      await knex('account_secret').insert({
        account_id: waiting.account_id,
        password_change_required: true,
      });
      const answer = await attempt(row, waiting.headers, AREAS.own);
      if (answer.code !== 'password_change_required') faults.push(told(row, 'password to change', answer));
    }
    expect(faults).to.deep.equal([]);
  });

  it('a change that comes with the cookie alone, as a foreign page would send it, is refused', async () => {
    const faults: string[] = [];
    for (const row of ROWS) {
      if (row.access === 'public' || row.route.startsWith('GET')) continue;
      const role = right(row) === null ? 'planner' : holder(right(row)!);
      const { headers, account_id } = await someone(role, row.whole ? whole : AREAS.own);
      for (const csrf of [
        undefined,
        '',
        'x'.repeat(43),
        (await known('planner', AREAS.own)).headers['x-csrf-token'],
      ]) {
        const forged = { cookie: headers.cookie!, ...(csrf === undefined ? {} : { 'x-csrf-token': csrf }) };
        const answer = await attempt(row, forged, AREAS.own, row.mine ? account_id : null);
        if (answer.code !== 'csrf_refused') faults.push(told(row, 'forged', answer));
      }
    }
    expect(faults).to.deep.equal([]);
  });
});
