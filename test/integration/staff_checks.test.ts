import { expect } from 'chai';
import type { CheckList, Indicators } from '../../server/contract/index.ts';
import { testDatabase } from '../support/database.ts';
import { person } from '../support/people.ts';
import { serve } from '../support/serve.ts';

const AREA = "st_geomfromtext('MULTIPOLYGON(((113 35,113.1 35,113.1 35.1,113 35)))', 4490)";
const TOWNSHIP = '419821100';
const VILLAGE = '419821100201';

interface Made {
  id: string;
  village: string | null;
  county: string;
  at: string;
  activity?: string;
  outcome?: string;
  expires?: string;
}

async function add({ id, village, county, at, activity, outcome, expires }: Made): Promise<void> {
  const { knex } = await testDatabase();
  await knex.raw(
    `insert into land_check (county_code, id, created_at, expires_at, activity, outcome, village_code, geom, answer)
     values (?, ?, ?, ?, ?, ?, ?, ${AREA}, ?)`,
    [
      county,
      id.padEnd(32, '0'),
      at,
      expires ?? '2199-01-01',
      activity ?? 'house',
      outcome ?? 'clear',
      village,
      JSON.stringify({
        area_m2: 120.5,
        village: village && { code: village, name: '甲', path: ['乙', '丙'] },
      }),
    ],
  );
}

describe('checks, as staff see them', () => {
  let base = '';
  let close: () => Promise<void>;
  const made: string[] = [];
  const now = Date.now();
  const ago = (hours: number) => new Date(now - hours * 3_600_000).toISOString();

  before(async () => {
    ({ base, close } = await serve());
    const rows: Made[] = [
      { id: 'a1', village: VILLAGE, county: '419821', at: ago(1), outcome: 'conflict' },
      { id: 'a2', village: VILLAGE, county: '419821', at: ago(2), activity: 'pond' },
      { id: 'a3', village: null, county: '419821', at: ago(2), outcome: 'unknown' },
      { id: 'a4', village: VILLAGE, county: '419821', at: ago(24 * 40) },
      { id: 'a5', village: VILLAGE, county: '419821', at: ago(3), expires: ago(1) },
      { id: 'b1', village: '419822100201', county: '419822', at: ago(1) },
    ];
    for (const row of rows) {
      await add(row);
      made.push(row.id.padEnd(32, '0'));
    }
  });
  after(async () => {
    const { knex } = await testDatabase();
    await knex('land_check').whereIn('id', made).delete();
    await close();
  });

  const get = async <T>(path: string, headers: Record<string, string>) => {
    const response = await fetch(base + path, { headers });
    return { status: response.status, body: (await response.json()) as T, headers: response.headers };
  };
  const list = async (area: string, search = '') => {
    const { knex } = await testDatabase();
    const { headers } = await person(knex, [{ role: 'planner', division_code: area }]);
    return get<CheckList>(`/api/checks${search}`, headers);
  };
  const names = ({ body }: { body: CheckList }) =>
    body.checks.map(({ reference }) => reference.slice(0, 2)).join(' ');

  it('lists what lies in the area and has not expired, newest first', async () => {
    expect(names(await list('419821'))).to.equal('a1 a3 a2 a4');
    expect(names(await list('4198'))).to.equal('b1 a1 a3 a2 a4');
    expect(names(await list(TOWNSHIP))).to.equal('a1 a2 a4');
    expect(names(await list('419822'))).to.equal('b1');
    expect(names(await list('42'))).to.equal('');
  });

  it('filters, and pages without losing or repeating a check', async () => {
    expect(names(await list('4198', '?outcome=conflict'))).to.equal('a1');
    expect(names(await list('4198', '?activity=pond'))).to.equal('a2');
    expect(names(await list('4198', `?division=${VILLAGE}`))).to.equal('a1 a2 a4');
    expect(names(await list('4198', '?until=2000-01-01'))).to.equal('');
    const pages: string[] = [];
    let search = '?limit=2';
    for (;;) {
      const page = await list('4198', search);
      pages.push(names(page));
      if (page.body.next === null) break;
      search = `?limit=2&before=${encodeURIComponent(page.body.next)}`;
    }
    expect(pages).to.deep.equal(['b1 a1', 'a3 a2', 'a4']);
    for (const search of [
      '?before=x',
      '?before=2026-13-40T00:00:00.000000Z_a1000000',
      '?limit=0',
      '?from=heute',
    ])
      expect((await list('4198', search)).status, search).to.equal(400);
  });

  it('gives neither the key of a check nor its shape', async () => {
    const { body } = await list('419821');
    expect(body.checks[0]).to.deep.equal({
      reference: 'a1000000',
      created_at: body.checks[0]!.created_at,
      expires_at: new Date('2199-01-01').toISOString(),
      activity: 'house',
      outcome: 'conflict',
      area_m2: 120.5,
      village: { code: VILLAGE, name: '甲', path: ['乙', '丙'] },
    });
    expect(JSON.stringify(body)).not.to.match(/a1000000000/);
  });

  it('refuses a division beyond one’s areas', async () => {
    expect((await list('419821', '?division=419822')).status).to.equal(403);
    expect((await list('419821', '?division=4198')).status).to.equal(403);
  });

  it('counts by outcome, activity, township and day what lies in the area', async () => {
    const { knex } = await testDatabase();
    const { headers } = await person(knex, [{ role: 'leader', division_code: '419821' }]);
    const { status, body } = await get<Indicators>('/api/indicators?days=10', headers);
    expect(status).to.equal(200);
    // a5 has expired, but was asked
    expect(body.total).to.equal(4);
    expect(body.by_outcome).to.have.deep.members([
      { outcome: 'conflict', checks: 1 },
      { outcome: 'clear', checks: 2 },
      { outcome: 'unknown', checks: 1 },
    ]);
    expect(body.by_activity).to.deep.include({ activity: 'pond', outcome: 'clear', checks: 1 });
    expect(body.by_township.filter(({ code }) => code === TOWNSHIP)).to.have.length(2);
    expect(body.by_township).to.deep.include({
      code: '419821',
      name: body.by_township.find(({ code }) => code === '419821')!.name,
      outcome: 'unknown',
      checks: 1,
    });
    expect(body.by_day.reduce((sum, { checks }) => sum + checks, 0)).to.equal(4);
    expect((await get<Indicators>('/api/indicators?days=60', headers)).body.total).to.equal(5);
    expect((await get('/api/indicators?division=419822', headers)).status).to.equal(403);
    expect((await get('/api/indicators?days=0', headers)).status).to.equal(400);
    expect((await get<Indicators>('/api/indicators', headers)).headers.get('cache-control')).to.include(
      'private',
    );
  });
});
