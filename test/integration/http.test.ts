import { expect } from 'chai';
import type {
  CheckAnswer,
  OverlayAnswer,
  ProblemBody,
  Village,
  VillageList,
  VillageMap,
} from '../../server/contract/index.ts';
import { Startup } from '../../server/startup.ts';
import { testDatabase } from '../support/database.ts';
import { officialArea } from '../support/official_area.ts';
import { serve } from '../support/serve.ts';
import { cells, polygon, VILLAGE } from '../support/test_land.ts';

const HOUSE = polygon(cells(1.9, 0.2, 2.1, 0.3));

/** What is Chinese in any language: names of places, of versions and their sources, numbers of documents. */
const OWN_NAMES = ['village', 'villages', 'version', 'number'];

function chineseTexts(value: unknown, except: string[], path = ''): string[] {
  if (typeof value === 'string') return /[\u4e00-\u9fff]/.test(value) ? [`${path}: ${value}`] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) =>
    except.includes(key) ? [] : chineseTexts(item, except, `${path}/${key}`),
  );
}

describe('http', () => {
  let base = '';
  let close: () => Promise<void>;

  before(async () => {
    ({ base, close } = await serve());
  });
  after(() => close());

  const get = async <T>(path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(base + path, { headers, redirect: 'manual' });
    return { response, body: (await response.json().catch(() => null)) as T };
  };
  const post = async <T>(path: string, body: unknown, headers: Record<string, string> = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(base + path, {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/json', ...headers },
    });
    return { response, body: (await response.json()) as T };
  };

  it('says how far a start has come, and answers nothing else meanwhile', async () => {
    const startup = new Startup();
    const { base: starting, close: stop } = await serve(startup);
    startup.at('land', 3, 10);
    const ready = await fetch(`${starting}/readyz`);
    expect(ready.status).to.equal(503);
    expect(await ready.json()).to.deep.equal({ status: 'starting', step: 'land', done: 3, total: 10 });
    const village = await fetch(`${starting}/api/villages/${VILLAGE}`);
    expect(village.status).to.equal(503);
    expect(await village.json()).to.include({ code: 'starting' });
    expect(await (await fetch(`${starting}/healthz`)).json()).to.deep.equal({ status: 'ok' });
    startup.ready(await testDatabase());
    expect(await (await fetch(`${starting}/readyz`)).json()).to.include({ status: 'ready' });
    await stop();
  });

  it('answers a check with its layers, areas, rules and versions, and the same later', async () => {
    const { response, body } = await post<CheckAnswer>('/api/checks', { geometry: HOUSE, activity: 'house' });
    expect(response.status, JSON.stringify(body)).to.equal(201);
    expect(body.outcome).to.equal('conflict');
    const farmland = body.layers.find(({ layer }) => layer === 'permanent_basic_farmland')!;
    expect(farmland.status).to.equal('affected');
    expect(farmland.area_m2).to.be.closeTo(officialArea([cells(1.9, 0.2, 2, 0.3)]), 0.006);
    expect(farmland.rules[0]!.articles[0]!.article).to.match(/条/);
    expect(farmland.version[0]).to.include({ county: '410821', label: '测试 permanent_basic_farmland' });
    expect(body.land_use.reduce((sum, { share }) => sum + share, 0)).to.be.closeTo(1, 1e-9);
    expect(body.village).to.include({ code: VILLAGE });
    expect(body.not_examined).not.to.deep.equal([]);
    const later = await get<CheckAnswer>(`/api/checks/${body.id}`);
    expect(later.body).to.deep.equal(body);
    expect(later.response.headers.get('x-robots-tag')).to.contain('noindex');
  });

  it('gives the same check in English', async () => {
    const { body } = await post<CheckAnswer>('/api/checks', { geometry: HOUSE, activity: 'house' });
    const english = await get<CheckAnswer>(`/api/checks/${body.id}?lang=en`);
    expect(chineseTexts(english.body, OWN_NAMES)).to.deep.equal([]);
    expect(english.body.outcome).to.equal(body.outcome);
  });

  it('is unknown outside the land, never clear', async () => {
    const { body } = await post<CheckAnswer>('/api/checks', {
      geometry: polygon(cells(50, 50, 50.1, 50.1)),
      activity: 'trees',
    });
    expect(body.outcome).to.equal('unknown');
    expect(body.village).to.equal(null);
    expect(body.uncovered_m2).to.be.greaterThan(0);
  });

  it('a point without an accuracy is never clear nor permit', async () => {
    const { body } = await post<CheckAnswer>('/api/checks', {
      geometry: { type: 'Point', coordinates: [113.2435, 35.2165] },
      activity: 'trees',
    });
    expect(['conflict', 'unknown']).to.include(body.outcome);
  });

  it('overlays a shape given in a zone of its own', async () => {
    const zone = [
      [38430812.22, 3898821.08],
      [38430921.4, 3898809.15],
      [38430911.44, 3898698.27],
      [38430802.27, 3898710.2],
      [38430812.22, 3898821.08],
    ];
    const { response, body } = await post<OverlayAnswer>('/api/overlays', {
      geometry: { type: 'Polygon', coordinates: [zone] },
      crs: 'EPSG:4526',
      layers: ['land_use'],
    });
    expect(response.status, JSON.stringify(body)).to.equal(200);
    expect(body.area_m2).to.equal(12222.65);
    expect(body.layers.map(({ layer }) => layer)).to.deep.equal(['land_use']);
  });

  it('finds villages by name, pinyin and code, those with land first', async () => {
    const all = await get<VillageList>('/api/villages?limit=5');
    expect(all.body.villages[0]).to.include({ code: VILLAGE, has_land: true });
    expect(all.body.number_matched).to.be.greaterThan(1500);
    const { name } = all.body.villages[0]!;
    const byName = await get<VillageList>(`/api/villages?q=${encodeURIComponent(name)}`);
    expect(byName.body.villages.map(({ code }) => code)).to.include(VILLAGE);
    const byCode = await get<VillageList>('/api/villages?q=410821100001');
    expect(byCode.body.villages).to.have.length(1);
    const none = await get<VillageList>(
      `/api/villages?q=${encodeURIComponent("'; drop table division; --%_")}`,
    );
    expect(none.body).to.deep.equal({ villages: [], number_matched: 0 });
  });

  it('finds a village whatever one calls it: with or without its kind, after the county, with a space', async () => {
    const named = async (q: string) =>
      (await get<VillageList>(`/api/villages?limit=1&q=${encodeURIComponent(q)}`)).body.villages[0]?.code;
    const all = (await get<VillageList>('/api/villages?q=410821101200')).body.villages[0]!;
    expect(all).to.include({ name: '方庄村民委员会', pinyin: 'fangzhuang' });
    expect(all.path_pinyin.slice(0, 2)).to.deep.equal(['jiaozuoshi', 'xiuwuxian']);
    const ways = [
      '方庄',
      '方庄村',
      '方庄村委会',
      '方庄村民委员会',
      '修武县方庄',
      '修武方庄村',
      '修武县 七贤镇 方庄',
    ];
    for (const way of ways) expect(await named(way), way).to.equal('410821101200');
    expect(await named('焦作市修武县方庄'), 'the city too').to.equal('410821101200');
    expect(await named('沁阳市方庄村委会'), 'another county').not.to.equal('410821101200');
    const town = (await get<VillageList>(`/api/villages?q=${encodeURIComponent('七贤镇')}`)).body;
    expect(town.villages.map(({ path }) => path.at(-1))).to.include('七贤镇');
    expect(await named("修武县'; drop table division; --%_")).to.equal(undefined);
  });

  it('shows a village with its land, zones and policies', async () => {
    const { body } = await get<Village>(`/api/villages/${VILLAGE}`);
    const whole = officialArea([cells(0, 0, 4, 4)]);
    expect(body.area_m2).to.be.closeTo(whole, 0.02);
    expect(body.land.reduce((sum, { area_m2 }) => sum + area_m2, 0)).to.be.closeTo(body.area_m2!, 0.011);
    const farmland = body.layers.find(({ layer }) => layer === 'permanent_basic_farmland')!;
    const hole = officialArea([cells(1.25, 1.25, 1.75, 1.75)]);
    expect(farmland.area_m2).to.be.closeTo(officialArea([cells(0, 0, 2, 4)]) - hole, 0.01);
    expect(body.layers.find(({ layer }) => layer === 'geohazard')).to.include({ status: 'not_affected' });
    expect(body.layers.find(({ layer }) => layer === 'nature_reserve')).to.include({
      status: 'no_data',
      version: null,
    });
    expect(body.policies).not.to.deep.equal([]);
  });

  it('gives the map of one village, clipped', async () => {
    const { body } = await get<VillageMap>(`/api/villages/${VILLAGE}/map`);
    expect(body.layers.land_use.features).to.have.length(16);
    expect(body.layers.permanent_basic_farmland.features).to.have.length(1);
    expect(body.layers.geohazard.features).to.deep.equal([]);
  });

  it('leads from the QR code to the village', async () => {
    const { knex } = await testDatabase();
    const { rows } = await knex.raw('select token from village_token where village_code = ?', [VILLAGE]);
    const { response } = await get(`/q/${rows[0].token}`);
    expect(response.status).to.equal(302);
    expect(response.headers.get('location')).to.equal(`/v/${VILLAGE}`);
    const svg = await fetch(`${base}/api/villages/${VILLAGE}/qr.svg`);
    expect(svg.headers.get('content-type')).to.match(/^image\/svg\+xml/);
    const png = Buffer.from(await (await fetch(`${base}/api/villages/${VILLAGE}/qr.png`)).arrayBuffer());
    expect(png.subarray(1, 4).toString()).to.equal('PNG');
    expect((await get('/q/nonsense')).response.status).to.equal(404);
  });

  it('documents every endpoint in OpenAPI 3.1', async () => {
    const { body } = await get<{ openapi: string; paths: Record<string, unknown> }>('/api/openapi.json');
    expect(body.openapi).to.equal('3.1.0');
    expect(Object.keys(body.paths)).to.include.members([
      '/api/checks',
      '/api/checks/{id}',
      '/api/overlays',
      '/api/uploads',
      '/api/villages/{code}',
    ]);
  });

  const BAD: [string, string, number, string][] = [
    ['broken JSON', '{"geometry":', 400, 'invalid_json'],
    ['an empty body', '', 400, 'invalid_json'],
    ['deep JSON', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400, 'too_deep'],
    ['NaN', '{"geometry":{"type":"Point","coordinates":[NaN,35]},"activity":"house"}', 400, 'invalid_json'],
    [
      '1e400',
      '{"geometry":{"type":"Point","coordinates":[1e400,35]},"activity":"house"}',
      422,
      'coordinate_not_finite',
    ],
    ['a huge body', `{"x":"${'a'.repeat(3_000_000)}"}`, 413, 'body_too_large'],
    ['null', 'null', 400, 'invalid_request'],
    ['no activity', JSON.stringify({ geometry: HOUSE }), 400, 'invalid_request'],
    ['an unknown activity', JSON.stringify({ geometry: HOUSE, activity: 'fly' }), 400, 'invalid_request'],
    [
      'swapped lon/lat',
      JSON.stringify({ geometry: { type: 'Point', coordinates: [35.2, 113.2] }, activity: 'house' }),
      422,
      'coordinates_swapped',
    ],
    [
      'a place outside China',
      JSON.stringify({ geometry: { type: 'Point', coordinates: [2, 48] }, activity: 'house' }),
      422,
      'outside_china',
    ],
    [
      'an unknown CRS',
      JSON.stringify({ geometry: HOUSE, activity: 'house', crs: 'EPSG:9' }),
      422,
      'crs_unknown',
    ],
  ];
  for (const [what, body, status, code] of BAD) {
    it(`refuses ${what} with ${code}`, async () => {
      const answer = await post<ProblemBody>('/api/checks', body);
      expect(answer.body).to.include({ code, status });
      expect(answer.response.status).to.equal(status);
      expect(answer.response.headers.get('content-type')).to.match(/^application\/problem\+json/);
      expect(answer.body.detail).to.match(/[\u4e00-\u9fff]/);
    });
  }

  it('says what is wrong in the language asked for, and names a place only as far as it is known', async () => {
    const detail = async (body: unknown, language = 'zh') =>
      (await post<ProblemBody>('/api/checks', body, { 'accept-language': language })).body.detail;
    const faults: unknown[] = [
      '{"geometry":',
      { geometry: HOUSE },
      { geometry: HOUSE, activity: 'fly' },
      { geometry: HOUSE, activity: 'house', accuracy_m: -1 },
      { geometry: HOUSE, activity: 'house', accuracy_m: 'near' },
      { geometry: HOUSE, activity: 'house', crs: 'x'.repeat(40) },
      { geometry: HOUSE, activity: 'house', colour: 'red' },
      { geometry: HOUSE, activity: 'house', details: { trees: 'fruit' } },
      { geometry: { type: 'Polygon', coordinates: 7 }, activity: 'house' },
    ];
    for (const fault of faults) {
      // names of members, values and formats stay as the interface writes them
      const chinese = (await detail(fault)).replace(/“[^”]*”|JSON|只能是 [^。]*|不认识 \w+/g, '');
      expect(chinese).not.to.match(/[A-Za-z]{2,}/);
      expect(await detail(fault, 'en')).not.to.match(/[\u4e00-\u9fff]/);
    }
    const infinite = '{"geometry":{"type":"Point","coordinates":[1e400,35]},"activity":"house"}';
    const empty = { geometry: { type: 'MultiPolygon', coordinates: [] }, activity: 'house' };
    const emptyPart = {
      geometry: { type: 'MultiPolygon', coordinates: [HOUSE.coordinates, []] },
      activity: 'house',
    };
    expect(await detail(infinite)).to.match(/^请求中“geometry\.coordinates\.0”的坐标不是有效数字/);
    expect(await detail(empty)).not.to.match(/第\s*部分|第 1 部分|第\s*圈/);
    expect(await detail(emptyPart))
      .to.include('第 2 部分')
      .and.not.to.include('圈');
  });

  it('refuses what PostgreSQL cannot hold, days of no calendar, and what it does not know', async () => {
    for (const path of ['/api/checks/%00abc', '/q/%00', '/api/villages?q=%00']) {
      expect((await get<ProblemBody>(path)).body.code, path).to.equal('invalid_request');
    }
    const overlay = { geometry: HOUSE, as_of: '0000-01-01' };
    expect((await post<ProblemBody>('/api/overlays', overlay)).body.code).to.equal('invalid_request');
    const future = { geometry: HOUSE, as_of: '2199-01-01' };
    const { body: refused } = await post<ProblemBody>('/api/overlays', future);
    expect([refused.code, refused.where]).to.deep.equal(['invalid_request', { path: 'as_of' }]);
    expect(refused.detail).to.include('不能晚于今天');
    const unknown = { geometry: HOUSE, activity: 'house', colour: 'red' };
    expect((await post<ProblemBody>('/api/checks', unknown)).body.code).to.equal('invalid_request');
    const other = { geometry: HOUSE, activity: 'house', details: { trees: 'fruit' } };
    expect((await post<ProblemBody>('/api/checks', other)).body.code).to.equal('invalid_request');
  });

  it('names the place of a bow-tie, and survives empty members', async () => {
    const bowTie = [
      [113.24, 35.215],
      [113.241, 35.216],
      [113.241, 35.215],
      [113.24, 35.216],
      [113.24, 35.215],
    ];
    const crossed = await post<ProblemBody>('/api/checks', {
      geometry: { type: 'Polygon', coordinates: [bowTie] },
      activity: 'house',
    });
    expect(crossed.body).to.include({ code: 'self_intersection' });
    expect(crossed.body.where).to.include({ ring: 1 });
    const empty = await post<ProblemBody>('/api/checks', {
      geometry: { type: 'MultiPolygon', coordinates: [HOUSE.coordinates, []] },
      activity: 'house',
    });
    expect(empty.body.code).to.equal('geometry_empty');
    expect((await get<{ status: string }>('/readyz')).body.status).to.equal('ready');
  });

  it('answers unknown addresses, methods and types with problems', async () => {
    expect((await get<ProblemBody>('/api/nothing')).body.code).to.equal('not_found');
    expect((await get<ProblemBody>('/api/shapes')).body.code).to.equal('method_not_allowed');
    expect((await get<ProblemBody>('/api/checks/xyz')).body.code).to.equal('check_unknown');
    expect((await get<ProblemBody>('/api/villages/410821999999')).body.code).to.equal('village_unknown');
    expect((await get<ProblemBody>('/api/villages/abc')).body.code).to.equal('invalid_request');
    const text = await post<ProblemBody>('/api/checks', 'x', { 'content-type': 'text/plain' });
    expect(text.body.code).to.equal('unsupported_media_type');
    expect((await get<ProblemBody>('/%E0%A4%A')).response.status).to.be.within(400, 404);
  });

  it('shows the not-found page to a browser, and a problem to a program', async () => {
    const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
    for (const path of ['/nonsense', '/v/unknown', '/v/410821100001/more', '/q/nonsense']) {
      const page = await fetch(base + path, { headers: browser });
      expect(page.status, path).to.equal(404);
      expect(page.headers.get('content-type'), path).to.match(/^text\/html/);
      expect(await page.text(), path).to.include('<div id="root">');
      const program = await get<ProblemBody>(path, { accept: 'application/json' });
      expect(program.body.status, path).to.equal(404);
    }
    expect((await get<ProblemBody>('/api/nothing', browser)).body.code).to.equal('not_found');
    expect((await fetch(`${base}/v/${VILLAGE}`, { headers: browser })).status).to.equal(200);
  });

  it('answers many checks at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () =>
        post<CheckAnswer>('/api/checks', { geometry: HOUSE, activity: 'house' }),
      ),
    );
    expect(answers.map(({ response }) => response.status)).to.deep.equal(
      Array.from({ length: 40 }, () => 201),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).to.equal(40);
  });
});
