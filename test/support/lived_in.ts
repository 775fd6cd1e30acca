import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { hashPassword } from '../../server/accounts/password.ts';
import { secretHash } from '../../server/actor.ts';
import { appendAudit, OPERATOR } from '../../server/audit/index.ts';
import type { Database } from '../../server/db/index.ts';
import { blobStore } from '../../server/files/index.ts';
import { installationKey } from '../../server/keys.ts';
import { loadCounty } from '../../server/seed.ts';
import { type Person, person } from './people.ts';
import { prepareEmpty } from './prepare.ts';
import { testCounty } from './test_land.ts';

export const PASSWORD = 'wheat-barley-millet-7';
export const ODD_TEXT = `村“'"\\, {}\n\t 𠮷 NULL`;
export const FILE_BYTES = Buffer.from('the content of an uploaded file');
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();

export interface LivedIn {
  dataFolder: string;
  administrator: Person;
  /** a bearer token of the administrator's */
  token: string;
  /** what the key has sealed for the administrator */
  totp: Buffer;
}

/** Fills an empty database and data folder with some of everything, values at the edges of their types among it. */
export async function liveIn(database: Database, dataFolder: string): Promise<LivedIn> {
  const { knex } = database;
  await prepareEmpty(database);
  await loadCounty(database, testCounty(), () => undefined);
  const key = installationKey(dataFolder);
  await knex('installation').insert({ area: '4108' });
  const assignments = [{ role: 'administrator' as const, division_code: '4108' }];
  const administrator = await person(knex, assignments, { login: 'li.wei', division_code: '4108' });
  const { account_id } = administrator;
  const totp = randomBytes(20);
  await knex('account_secret').insert({ account_id, password_hash: await hashPassword(PASSWORD) });
  const other = await person(knex, [{ role: 'planner', division_code: '410821' }]);
  await knex('account_secret').insert({
    account_id: other.account_id,
    totp_secret: key.seal(totp, `totp ${other.account_id}`),
    totp_last_step: '9223372036854775807',
  });
  const token = `cunma_${randomBytes(32).toString('base64url')}`;
  await knex('api_token').insert({
    account_id,
    label: ODD_TEXT,
    token_hash: secretHash(token),
    rights: ['audit.read', ODD_TEXT],
    division_code: '4108',
    created_by: account_id,
    expires_at: '2099-12-31 23:59:59.999999+08',
  });
  await knex('one_time_link').insert({
    token_hash: Buffer.from([0, 255, 92, 39]),
    account_id,
    purpose: 'set_password',
    expires_at: knex.raw("now() + interval '1 day'"),
  });
  await oddNumbers(knex);
  await addFile(knex, dataFolder, account_id);
  await knex.raw(`insert into job (division_code, kind, title, input, status, max_attempts, lease_until, worker, done)
    values ('4108', 'file_sweep', '{"zh":"清理","en":"sweep"}', 'null', 'running', 2, now() - interval '1 minute', 'gone', 7)`);
  await addBatch(knex, account_id);
  for (let i = 0; i < 30; i++)
    await knex.transaction((db) =>
      appendAudit(db, OPERATOR, {
        action: 'test.change',
        record_kind: 'test',
        record_id: String(i),
        division_code: i % 2 === 0 ? '410821' : '4108',
        after: { text: ODD_TEXT, i },
      }),
    );
  return { dataFolder, administrator, token, totp };
}

/** Numbers, shapes and documents that a careless text form would change. */
async function oddNumbers(knex: Knex): Promise<void> {
  const numbers = ["'5e-324'", "'1.7976931348623157e308'", '0.1 + 0.2', "'NaN'", "'Infinity'", '1.0 / 3'];
  for (const [i, number] of numbers.entries())
    await knex.raw(
      `insert into layer select 'odd_${i}', ?, '', kind, '[]', office, (${number})::float8, 0, audience, colour, 0
       from layer where kind = 'zone' limit 1`,
      [ODD_TEXT],
    );
  await knex.raw(
    `insert into land_check (county_code, id, created_at, expires_at, activity, outcome, village_code, geom, answer)
     values ('000000', ?, '2026-11-22 02:30:00.123456+00', '4000-01-01 00:00:00.000001+00', 'a', 'clear', null,
       st_multi(st_setsrid(st_makepolygon(st_makeline(array[st_makepoint(113.1, 35.1), st_makepoint(113.1 + 1e-15, 35.2),
         st_makepoint(113.3, 1.0 / 3), st_makepoint(113.1, 35.1)])), 4490)), ?::jsonb)`,
    ['a'.repeat(32), JSON.stringify({ b: [1e-7, 12345678901234, null, ODD_TEXT], a: { '': [] } })],
  );
}

/** A batch beside its job and its file, with one record that has a shape and one that has a remark. */
async function addBatch(knex: Knex, account_id: string): Promise<void> {
  await knex.raw(
    `with batch as (
       insert into overlay_batch (division_code, account_id, job_id, file_id, title, as_of, format, crs, notes, land, shapes, remarks)
       select '4108', ?, (select max(id) from job), (select max(id) from stored_file), ?, '2026-11-22', 'gpkg', '{}', '[]', '{}', 1, 1
       returning id)
     insert into overlay_batch_item (batch_id, index, division_code, name, attributes, status, remark, turn, counties, area_m2, geom)
     select id, 1, '4108', ?, ?::jsonb, 'waiting', null::jsonb, 0, array['410821', '410822'], 1.0 / 3, (select geom from land_check limit 1) from batch
     union all select id, 2, '4108', null, '{}'::jsonb, 'remark', '{}'::jsonb, null, null, null, null from batch`,
    [account_id, ODD_TEXT, ODD_TEXT, JSON.stringify({ [ODD_TEXT]: 1e-7 })],
  );
}

async function addFile(knex: Knex, dataFolder: string, account_id: string): Promise<void> {
  const arriving = join(dataFolder, 'arriving');
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(arriving, FILE_BYTES);
  await blobStore(dataFolder).put(arriving, sha256(FILE_BYTES).toString('hex'));
  await knex('stored_file').insert({
    division_code: '410821',
    account_id,
    purpose: 'document',
    name: '图.pdf',
    media_type: 'application/pdf',
    bytes: FILE_BYTES.length,
    sha256: sha256(FILE_BYTES),
    status: 'accepted',
    checked_at: knex.fn.now(),
  });
}
