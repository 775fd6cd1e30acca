import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { enterScope, PUBLIC_SCOPE } from '../../server/db/index.ts';
import { rolledBack, testDatabase } from '../support/database.ts';

const ROLES = ['cunma_app', 'cunma_sign_in'] as const;

/** The land that the public asks about, and catalogues: read by everybody, so without row security and without writing. */
const PUBLISHED = [
  'division',
  'feature',
  'coverage_piece',
  'division_total',
  'land_kind',
  'layer',
  'layer_version',
  'piece',
  'village_token',
];
/** Of no person and no area: exactly these privileges. */
const OF_NOBODY: Record<string, Record<string, string[]>> = {
  // the heads of the trail: numbers and hashes
  audit_head: { cunma_app: ['SELECT'], cunma_sign_in: [] },
  // one row: the area of the installation, set with the first administrator
  installation: { cunma_app: ['SELECT'], cunma_sign_in: ['INSERT', 'SELECT', 'UPDATE'] },
  // hashes of content that no record names
  unreferenced_blob: { cunma_app: ['DELETE', 'INSERT', 'SELECT'], cunma_sign_in: [] },
};
/** Only signing in sees these at all, and looks people up before it knows who asks. */
const SIGN_IN_ONLY = ['account_secret', 'recovery_code', 'sign_in_attempt'];

interface Table {
  name: string;
  secured: boolean;
  /** role → privileges on the table or any column of it */
  grants: Record<string, string[]>;
  /** roles for which a policy stands */
  policies: string[];
}

async function tables(db: Knex): Promise<Table[]> {
  const { rows } = await db.raw<{ rows: Table[] }>(`
    select c.relname as name, c.relrowsecurity as secured,
      (select jsonb_object_agg(r.role, (
         select coalesce(jsonb_agg(p.privilege order by p.privilege), '[]') from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) as p(privilege)
         where has_table_privilege(r.role, c.oid, p.privilege)
           or (p.privilege in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') and has_any_column_privilege(r.role, c.oid, p.privilege))))
       from unnest(array['cunma_app', 'cunma_sign_in']) as r(role)) as grants,
      array(select distinct g.rolname::text from pg_policy p, pg_roles g where p.polrelid = c.oid and g.oid = any (p.polroles)) as policies
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'f', 'm', 'v')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by c.relname`);
  return rows;
}

const OWN = '410821';
const AREAS = { own: OWN, child: '410821100', parent: '4108', foreign: '410822' } as const;
type Place = keyof typeof AREAS;

interface Fixture {
  /** makes a row that belongs to the area, as the owner; answers what tells it from others */
  make(db: Knex, area: string): Promise<string>;
  /** an expression over the table that gives the same */
  key: string;
}

const one = async (db: Knex, sql: string, bindings: unknown[]): Promise<string> => {
  const { rows } = await db.raw<{ rows: { key: string }[] }>(sql, bindings as Knex.RawBinding[]);
  return String(rows[0]!.key);
};
const account = (db: Knex, area: string) =>
  one(db, 'insert into account (login, name, division_code) values (?, ?, ?) returning id as key', [
    `m-${randomBytes(8).toString('hex')}`,
    'm',
    area,
  ]);
const job = (db: Knex, area: string) =>
  one(
    db,
    `insert into job (division_code, kind, title, input, max_attempts) values (?, 'matrix', '{}', '{}', 1) returning id as key`,
    [area],
  );

const batch = (db: Knex, area: string) =>
  one(
    db,
    `insert into overlay_batch (division_code, title, as_of, format, crs, notes, land, shapes, remarks)
     values (?, 'm', '2026-11-22', 'geojson', '{}', '[]', '{}', 0, 1) returning id as key`,
    [area],
  );

/** A row of each table that holds people's records. A table without one fails below: add it here. */
const FIXTURES: Record<string, Fixture> = {
  account: { make: account, key: 'id::text' },
  assignment: {
    make: async (db, area) =>
      one(
        db,
        `insert into assignment (account_id, role, division_code) values (?, 'planner', ?) returning account_id as key`,
        [await account(db, '99'), area],
      ),
    key: 'account_id::text',
  },
  session: {
    make: async (db, area) =>
      one(
        db,
        `insert into session (account_id, token_hash, expires_at) values (?, ?, now() + interval '1 day') returning id as key`,
        [await account(db, area), randomBytes(32)],
      ),
    key: 'id::text',
  },
  api_token: {
    make: async (db, area) =>
      one(
        db,
        `insert into api_token (account_id, label, token_hash, rights, division_code, created_by, expires_at)
         values (?, 'm', ?, '{}', ?, 1, now() + interval '1 day') returning id as key`,
        [await account(db, area), randomBytes(32), area],
      ),
    key: 'id::text',
  },
  audit_entry: {
    make: async (db, area) => {
      const record_id = randomBytes(8).toString('hex');
      await db.raw('select append_audit(?)', [
        JSON.stringify({ action: 'm.m', record_kind: 'm', record_id, division_code: area, account_id: null }),
      ]);
      return record_id;
    },
    key: 'record_id',
  },
  land_check: {
    make: async (db, area) => {
      const id = randomBytes(16).toString('hex');
      const county = area.length >= 6 ? area.slice(0, 6) : '000000';
      await db.raw(
        `insert into land_check (county_code, id, expires_at, activity, outcome, village_code, geom, answer)
         values (?, ?, now() + interval '1 day', 'house', 'clear', ?,
           st_geomfromtext('MULTIPOLYGON(((113 35,113.1 35,113.1 35.1,113 35)))', 4490), '{}')`,
        [county, id, area.length > 6 ? area.padEnd(12, '0') : null],
      );
      return id;
    },
    key: 'id::text',
  },
  job: { make: job, key: 'id::text' },
  job_log: {
    make: async (db, area) =>
      one(db, `insert into job_log (job_id, line, text) values (?, 1, '{}') returning job_id as key`, [
        await job(db, area),
      ]),
    key: 'job_id::text',
  },
  stored_file: {
    make: (db, area) =>
      one(
        db,
        `insert into stored_file (division_code, purpose, name, media_type, bytes, sha256, status, checked_at)
         values (?, 'document', 'm', 'text/plain', 1, ?, 'accepted', now()) returning id as key`,
        [area, randomBytes(32)],
      ),
    key: 'id::text',
  },
  overlay_batch: { make: batch, key: 'id::text' },
  // beside a batch of everybody's: each record has an area of its own
  overlay_batch_item: {
    make: async (db, area) =>
      one(
        db,
        `insert into overlay_batch_item (batch_id, index, division_code, attributes, status, remark)
         values (?, 1, ?, '{}', 'remark', '{}') returning batch_id as key`,
        [await batch(db, '99'), area],
      ),
    key: 'batch_id::text',
  },
};

/** Whose rows belong to an account or to one who knows a secret, not to an area: nobody's area shows them. */
const NO_AREA: Record<string, string> = {
  idempotency: 'the account that sent the request',
};

describe('every table and the application’s roles', () => {
  let all: Table[] = [];
  before(async () => {
    all = await tables((await testDatabase()).knex);
  });
  const granted = (table: Table) => ROLES.filter((role) => table.grants[role]!.length > 0);

  it('holds row security with a policy for each role that may touch it, or is published, or is out of reach', () => {
    const faults = all.flatMap((table) => {
      const roles = granted(table);
      if (roles.length === 0) return [];
      if (table.name in OF_NOBODY)
        return ROLES.filter(
          (role) => table.grants[role]!.join() !== OF_NOBODY[table.name]![role]!.join(),
        ).map((role) => `${role} may ${table.grants[role]} ${table.name}`);
      if (PUBLISHED.includes(table.name))
        return roles
          .filter((role) => table.grants[role]!.join() !== 'SELECT')
          .map((role) => `${role} may ${table.grants[role]} ${table.name}`);
      if (SIGN_IN_ONLY.includes(table.name))
        return roles.includes('cunma_app') ? [`cunma_app may touch ${table.name}`] : [];
      if (!table.secured) return [`${table.name} is granted to ${roles} without row security`];
      return roles
        .filter((role) => !table.policies.includes(role))
        .map((role) => `${table.name} has no policy for ${role}`);
    });
    expect(faults).to.deep.equal([]);
  });

  it('keeps the trail from being written, changed, removed or emptied by any role', () => {
    for (const name of ['audit_entry', 'audit_head']) {
      const table = all.find((t) => t.name === name)!;
      for (const role of ROLES)
        expect(
          table.grants[role]!.filter((privilege) => privilege !== 'SELECT'),
          `${role} ${name}`,
        ).to.deep.equal([]);
    }
  });

  it('lets no role empty a table, put triggers on it or refer to it', () => {
    for (const table of all)
      for (const role of ROLES)
        expect(table.grants[role], `${role} ${table.name}`).not.to.include.oneOf([
          'TRUNCATE',
          'TRIGGER',
          'REFERENCES',
        ]);
  });

  it('gives the roles no other power: no superuser, no bypass, no ownership, no membership, no database', async () => {
    const { knex } = await testDatabase();
    const { rows } = await knex.raw(`
      select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolcanlogin as power,
        exists (select from pg_class where relowner = r.oid) or exists (select from pg_proc where proowner = r.oid) as owns,
        exists (select from pg_auth_members where member = r.oid) as member,
        has_schema_privilege(r.oid, 'public', 'CREATE') as creates
      from pg_roles r where rolname in ('cunma_app', 'cunma_sign_in') order by rolname`);
    expect(rows).to.deep.equal(
      ROLES.map((rolname) => ({ rolname, power: false, owns: false, member: false, creates: false })),
    );
  });

  it('has functions of the owner’s power only behind a fixed search path, and not for everybody', async () => {
    const { knex } = await testDatabase();
    const { rows } = await knex.raw<{ rows: { name: string; fixed: boolean; everybody: boolean }[] }>(`
      select proname as name, coalesce(array_to_string(proconfig, ','), '') like '%search_path=public, pg_temp%' as fixed,
        exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0) as everybody
      from pg_proc p
      where prosecdef and pronamespace = 'public'::regnamespace
        and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
      order by proname`);
    expect(rows.length).to.be.greaterThan(1);
    for (const { name, fixed, everybody } of rows)
      expect({ name, fixed, everybody }).to.deep.equal({ name, fixed: true, everybody: false });
  });

  it('has a row to try for every table whose rows an area shows', () => {
    const read = all
      .filter((t) => t.secured && t.grants.cunma_app!.includes('SELECT') && !(t.name in NO_AREA))
      .map(({ name }) => name);
    expect(Object.keys(FIXTURES).sort()).to.deep.equal(read.sort());
  });

  for (const [name, { make, key }] of Object.entries(FIXTURES))
    it(
      `shows of ${name} what lies in the area and below, and nothing above, beside or without one`,
      rolledBack(async (db) => {
        const made = new Map<string, Place>();
        for (const [place, area] of Object.entries(AREAS)) made.set(await make(db, area), place as Place);
        const seen = async (areas: readonly string[]): Promise<string[]> => {
          await db.raw('reset role');
          await enterScope(db, { ...PUBLIC_SCOPE, account: '9223372036854775807', areas });
          const { rows } = await db.raw<{ rows: { key: string }[] }>(
            `select distinct ${key} as key from ${name} where ${key} = any (?)`,
            [[...made.keys()]] as unknown as Knex.RawBinding[],
          );
          return rows.map((row) => made.get(row.key)!).sort();
        };
        expect(await seen([OWN])).to.deep.equal(['child', 'own']);
        expect(await seen(['410822'])).to.deep.equal(['foreign']);
        expect(await seen(['41082110'])).to.deep.equal(['child']);
        expect(await seen(['410829'])).to.deep.equal([]);
        expect(await seen([])).to.deep.equal([]);
      }),
    );
});
