import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';

/** Records as people's work leaves them, put straight into the database: what a route is tried on. */
export interface Wanted {
  /** the area that it belongs to */
  area: string;
  /** whose it is; null: somebody else's */
  account_id: string | null;
  /** found in the record's text, to search by */
  stamp: string;
  /** SHA-256 of a file that the store holds */
  sha256: string;
}

export type RecordKind = keyof typeof RECORDS;

async function inserted(db: Knex, sql: string, values: unknown[]): Promise<string> {
  const { rows } = await db.raw<{ rows: { key: string }[] }>(sql, values as Knex.RawBinding[]);
  return String(rows[0]!.key);
}

/** A planner of the area. */
const account = (db: Knex, { area, stamp }: Wanted): Promise<string> =>
  inserted(
    db,
    `with made as (insert into account (login, name, division_code) values (?, ?, ?) returning id)
     insert into assignment (account_id, role, division_code) select id, 'planner', ? from made returning account_id as key`,
    [`x-${randomBytes(8).toString('hex')}`, stamp, area, area],
  );

const job =
  (status: 'queued' | 'failed') =>
  (db: Knex, { area, account_id, stamp }: Wanted): Promise<string> =>
    inserted(
      db,
      `insert into job (division_code, kind, title, account_id, input, max_attempts, status, ended_at, run_at)
       values (?, 'matrix', ?, ?, '{}', 1, ?, ?, now() + interval '1 day') returning id as key`,
      [
        area,
        JSON.stringify({ zh: stamp, en: stamp }),
        account_id,
        status,
        status === 'failed' ? new Date().toISOString() : null,
      ],
    );

const file =
  (picture: boolean) =>
  (db: Knex, { area, account_id, stamp, sha256 }: Wanted): Promise<string> =>
    inserted(
      db,
      `insert into stored_file (division_code, account_id, purpose, name, media_type, bytes, sha256, picture_sha256, status, checked_at)
       values (?, ?, ?, ?, 'text/plain', 5, decode(?, 'hex'), decode(?, 'hex'), 'accepted', now()) returning id as key`,
      [area, account_id, picture ? 'picture' : 'document', `${stamp}.txt`, sha256, picture ? sha256 : null],
    );

export const RECORDS = {
  account,
  file: file(false),
  picture: file(true),
  failed_job: job('failed'),
  queued_job: job('queued'),
  token: async (db: Knex, wanted: Wanted): Promise<string> =>
    inserted(
      db,
      `insert into api_token (account_id, label, token_hash, rights, division_code, created_by, expires_at)
       values (?, ?, ?, '{}', ?, 1, now() + interval '1 day') returning id as key`,
      [wanted.account_id ?? (await account(db, wanted)), wanted.stamp, randomBytes(32), wanted.area],
    ),
  session: async (db: Knex, wanted: Wanted): Promise<string> =>
    inserted(
      db,
      `insert into session (account_id, token_hash, expires_at) values (?, ?, now() + interval '1 day') returning id as key`,
      [wanted.account_id ?? (await account(db, wanted)), randomBytes(32)],
    ),
  batch: (db: Knex, { area, account_id, stamp }: Wanted): Promise<string> =>
    inserted(
      db,
      `with made as (
         insert into overlay_batch (division_code, account_id, title, as_of, format, crs, notes, land, shapes, remarks)
         values (?, ?, ?, '2026-11-22', 'geojson', '{"id":"EPSG:4490","name":"","how":""}', '[]',
           '{"as_of":"2026-11-22","layers":[],"versions":[],"coverage":{}}', 0, 1) returning id)
       insert into overlay_batch_item (batch_id, index, division_code, attributes, status, remark)
       select id, 1, ?, '{}', 'remark', '{"severity":"error","code":"x","message":{"zh":"x","en":"x"}}' from made
       returning batch_id as key`,
      [area, account_id, stamp, area],
    ),
  check: async (db: Knex, { area }: Wanted): Promise<string> => {
    const id = randomBytes(16).toString('hex');
    await db.raw(
      `insert into land_check (county_code, id, expires_at, activity, outcome, village_code, geom, answer)
       values (?, ?, now() + interval '1 day', 'house', 'clear', ?,
         st_geomfromtext('MULTIPOLYGON(((113 35,113.1 35,113.1 35.1,113 35)))', 4490), '{}')`,
      [area.length >= 6 ? area.slice(0, 6) : '000000', id, area.length > 6 ? area.padEnd(12, '0') : null],
    );
    return id;
  },
  entry: async (db: Knex, { area, stamp }: Wanted): Promise<string> => {
    const record_id = randomBytes(8).toString('hex');
    const body = {
      action: `matrix.${stamp}`,
      record_kind: 'matrix',
      record_id,
      division_code: area,
      account_id: null,
      login: null,
      roles: [],
      via: 'none',
      address: 'local',
      request_id: '',
      right: null,
      before: null,
      after: null,
    };
    await db.raw('select append_audit(?)', [JSON.stringify(body)]);
    return record_id;
  },
};
