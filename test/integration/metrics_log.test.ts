import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createLog } from '../../server/operation/index.ts';
import { testDatabase } from '../support/database.ts';
import { person } from '../support/people.ts';
import { serve } from '../support/serve.ts';
import { cells, polygon, VILLAGE } from '../support/test_land.ts';

/** Values that occur nowhere else: a log that holds one of them has it from the person. */
const LOGIN = 'zhang.sanfeng';
const PASSWORD = 'Kartoffelsalat-8841';
const NAME = '张三丰';
const FILE_NAME = '张三丰的宅基地.geojson';
const SEARCH = 'suchwort77';
const ADDRESS = '203.0.113.77';

describe('the log', () => {
  let base = '';
  let close: () => Promise<void>;
  const lines: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'cunma-log-'));
  before(async () => {
    const log = createLog('trace', { write: (line) => void lines.push(line) });
    ({ base, close } = await serve(undefined, { trustProxy: 1, dataFolder: folder }, [], { log }));
  });
  after(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });

  const text = () => lines.join('');
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': ADDRESS, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('holds nothing of a person who signs in, searches, checks, uploads and makes mistakes', async () => {
    const { knex } = await testDatabase();
    const { headers } = await person(knex, [{ role: 'planner', division_code: '410821' }], { login: LOGIN });
    const shape = polygon(cells(1.91, 0.21, 2.11, 0.31));
    const secrets = [
      LOGIN,
      PASSWORD,
      NAME,
      '宅基地',
      SEARCH,
      ADDRESS,
      VILLAGE,
      headers.cookie!.split('=')[1]!,
    ];
    for (const [x, y] of shape.coordinates[0]!) secrets.push(String(x).slice(0, 8), String(y).slice(0, 7));

    await post('/api/sessions', { login: LOGIN, password: PASSWORD });
    await post('/api/sessions', { login: LOGIN, password: PASSWORD, [NAME]: 1 });
    await post('/api/sessions', `{"login":"${LOGIN}","password":"${PASSWORD}`);
    const checked = await post('/api/checks', { geometry: shape, activity: 'house' });
    expect(checked.status).to.equal(201);
    const { id } = (await checked.json()) as { id: string };
    secrets.push(id);
    await fetch(`${base}/api/checks/${id}`);
    await fetch(`${base}/checks/${id}`);
    await fetch(`${base}/api/villages?q=${SEARCH}`, {
      headers: { ...headers, referer: `${base}/?${SEARCH}` },
    });
    await fetch(`${base}/api/villages/${VILLAGE}`);
    await fetch(`${base}/api/${NAME}/${SEARCH}?password=${PASSWORD}`);
    const form = new FormData();
    form.append('file', new Blob([JSON.stringify(shape)]), FILE_NAME);
    await fetch(`${base}/api/uploads`, { method: 'POST', body: form, headers });
    await fetch(`${base}/api/me`, { headers: { authorization: `Bearer ${PASSWORD.padEnd(43, 'x')}` } });

    expect(lines.length).to.be.greaterThan(9);
    const found = secrets.filter((secret) => text().includes(secret));
    expect(found, text()).to.deep.equal([]);
  });

  it('leads from a reply to its line by the request id', async () => {
    const response = await fetch(`${base}/api/checks/${'e'.repeat(32)}`);
    const problem = (await response.json()) as { request_id: string };
    expect(problem.request_id).to.equal(response.headers.get('x-request-id'));
    const line = lines
      .map((l) => JSON.parse(l) as Record<string, unknown>)
      .find((l) => l.id === problem.request_id)!;
    expect(line).to.include({ method: 'GET', route: '/api/checks/:id', status: 404, msg: 'request' });
  });

  it('says of a fault of the database what failed and where, without the values', async () => {
    const { knex } = await testDatabase();
    const log = createLog('error', { write: (line) => void lines.push(line) });
    const faults = [
      // a value in the message, one in the detail, one in the statement, coordinates in the geometry library's words
      ['select ?::int', [LOGIN]],
      [
        'insert into account (login, name, division_code) values (?, ?, ?), (?, ?, ?)',
        [`a${LOGIN}`, NAME, '41', `a${LOGIN}`, NAME, '41'],
      ],
      ['select ? from nowhere', [PASSWORD]],
      ["select st_geomfromtext('POLYGON((113.2419 35.2153,1 1))')", []],
    ] as const;
    for (const [sql, bindings] of faults) {
      lines.length = 0;
      const error = await knex.raw(sql, bindings as never).then(
        () => null,
        (e: Error) => e,
      );
      expect(error, sql).to.be.instanceOf(Error);
      log.error({ err: new Error('outer', { cause: error }) }, 'internal');
      const line = JSON.parse(text()) as { err: { cause: { code: string; stack: string[] } } };
      expect(line.err.cause.code, text()).to.match(/^[0-9A-Z]{5}$/);
      expect(line.err.cause.stack.length).to.be.greaterThan(0);
      for (const secret of [LOGIN, NAME, PASSWORD, '113.2419', '35.2153'])
        expect(text(), sql).not.to.include(secret);
    }
  });
});
