import { expect } from 'chai';
import ExcelJS from 'exceljs';
import type { Knex } from 'knex';
import type {
  Batch,
  BatchDetail,
  BatchItemDetail,
  BatchMap,
  ItemList,
  NewBatch,
  OverlayAnswer,
  ProblemBody,
} from '../../server/contract/index.ts';
import { readShape } from '../../server/geometry/index.ts';
import { Problem } from '../../server/problems.ts';
import { Startup } from '../../server/startup.ts';
import {
  collection,
  feature,
  giveBatch,
  NEIGHBOUR,
  NEIGHBOUR_VILLAGE,
  twoCounties,
  workOff,
} from '../support/batches.ts';
import type { Opened } from '../support/database.ts';
import { blob, geopackage } from '../support/geopackage.ts';
import { type Person, person } from '../support/people.ts';
import { random, starRing } from '../support/random_shapes.ts';
import { type Served, serve } from '../support/serve.ts';
import { COUNTY, cells, polygon, STEP, VILLAGE, WEST } from '../support/test_land.ts';
import { dbf, shp, zip } from '../unit/imports/build_files.ts';

const BROKEN = { 17: 'geometry_empty', 250: 'self_intersection', 499: 'outside_china' } as const;
const BOW_TIE = polygon([
  [113.2401, 35.2151],
  [113.2409, 35.2159],
  [113.2409, 35.2151],
  [113.2401, 35.2159],
  [113.2401, 35.2151],
]);
const PARIS = polygon([
  [2.3, 48.8],
  [2.4, 48.8],
  [2.4, 48.9],
  [2.3, 48.8],
]);

/** 500 records: 497 random shapes on the test land, and three that are broken. */
function flagged(): unknown[] {
  const next = random(5);
  const features: unknown[] = [];
  const named = () => ({
    name: features.length === 0 ? '=1+1' : `地块${features.length + 1}`,
    XH: features.length + 1,
  });
  while (features.length < 500) {
    const index = features.length + 1;
    if (index === 17) features.push(feature(null, named()));
    else if (index === 250) features.push(feature(BOW_TIE, named()));
    else if (index === 499) features.push(feature(PARIS, named()));
    else {
      const ring = starRing(next) as [number, number][];
      // not in the neighbour county, which is not the inspector's
      if (ring.some(([lon]) => lon > WEST + 4 * STEP)) continue;
      const geometry = polygon(ring);
      try {
        readShape(geometry, {});
        features.push(feature(geometry, named()));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
      }
    }
  }
  return features;
}

describe('a batch of shapes', function () {
  this.timeout(180_000);
  let opened: Opened;
  let served: Served;
  let knex: Knex;
  let inspector: Person;
  let batch: NewBatch;
  const records = flagged();

  const get = async <T>(
    path: string,
    who = inspector,
  ): Promise<{ status: number; body: T & Pick<ProblemBody, 'code'> }> => {
    const response = await fetch(`${served.base}/api/overlay-batches${path}`, {
      headers: { 'accept-language': 'en', ...who.headers },
    });
    return { status: response.status, body: (await response.json()) as T & Pick<ProblemBody, 'code'> };
  };
  const text = async (path: string) => {
    const response = await fetch(`${served.base}/api/overlay-batches${path}`, { headers: inspector.headers });
    expect(response.status).to.equal(200);
    return response;
  };

  before(async () => {
    opened = await twoCounties();
    ({ knex } = opened.database);
    const startup = new Startup();
    startup.ready(opened.database);
    served = await serve(startup, { rateLimits: false });
    inspector = await person(knex, [{ role: 'inspector', division_code: COUNTY }]);
    const given = await giveBatch(served.base, inspector, collection(records), {
      fields: { title: '十一月图斑' },
    });
    expect(given.status, JSON.stringify(given.body)).to.equal(201);
    batch = given.body;
  });
  after(async () => {
    await served.close();
    await opened.remove();
  });

  it('takes in 500 records of which three are broken: 497 shapes, three remarks with their number and name', () => {
    expect(batch).to.include({ title: '十一月图斑' });
    expect(batch.counts).to.deep.equal({ shapes: 497, remarks: 3 });
    expect(batch.remarks.map(({ index, name, code }) => [index, name, code])).to.deep.equal(
      Object.entries(BROKEN).map(([index, code]) => [Number(index), `地块${index}`, code]),
    );
  });

  it('waits for its job, and says so', async () => {
    const { body } = await get<BatchDetail>(`/${batch.id}`);
    expect(body).to.include({ status: 'queued', mine: true, job_id: batch.job_id, division_code: COUNTY });
    expect(body.counts).to.deep.equal({ shapes: 497, remarks: 3, done: 0, failed: 0, affected: 0 });
    const { body: item } = await get<BatchItemDetail>(`/${batch.id}/items/1`);
    expect(item).to.include({ status: 'waiting', answer: null });
  });

  it('has a result for each of the 497, none failed, and none of the 500 lost', async () => {
    const job = await workOff(opened.database, batch.job_id);
    expect(job).to.include({ status: 'succeeded', done: '497', total: '497' });
    expect(job.result).to.deep.equal({ batch_id: batch.id, shapes: 497, refused: 0 });
    const { body } = await get<BatchDetail>(`/${batch.id}`);
    expect(body.status).to.equal('succeeded');
    expect(body.counts).to.include({ shapes: 497, remarks: 3, done: 497, failed: 0 });
    const { body: list } = await get<ItemList>(`/${batch.id}/items?limit=1000`);
    expect(list.total).to.equal(500);
    expect(list.items.map(({ index }) => index)).to.deep.equal(Array.from({ length: 500 }, (_, i) => i + 1));
    expect(
      list.items.filter(({ status }) => status === 'remark').map(({ index }) => String(index)),
    ).to.deep.equal(Object.keys(BROKEN));
    expect(list.items.some(({ status }) => status === 'waiting' || status === 'failed')).to.equal(false);
    expect(body.counts.affected).to.equal(list.items.filter(({ status }) => status === 'affected').length);
    expect(body.counts.affected).to.be.greaterThan(100);
  });

  it('answers each record as POST /api/overlays answers its shape alone', async () => {
    for (let index = 1; index <= 500; index += 7) {
      if (index in BROKEN) continue;
      const { body: item } = await get<BatchItemDetail>(`/${batch.id}/items/${index}`);
      const { geometry } = records[index - 1] as { geometry: unknown };
      const response = await fetch(`${served.base}/api/overlays`, {
        method: 'POST',
        headers: { ...inspector.headers, 'accept-language': 'en', 'content-type': 'application/json' },
        body: JSON.stringify({ geometry, as_of: item.answer!.as_of }),
      });
      const alone = (await response.json()) as OverlayAnswer;
      expect(item.answer, `record ${index}`).to.deep.equal(alone);
      expect(item.area_m2).to.equal(alone.area_m2);
      expect(item.geometry!.coordinates[0][0].length).to.be.greaterThan(3);
    }
  });

  it('sorts by the area of a layer, largest first, and pages without a gap', async () => {
    const area = ({ items }: ItemList) =>
      items.map(({ layers }) => layers.permanent_basic_farmland?.area_m2 ?? -1);
    const path = `/${batch.id}/items?sort=-permanent_basic_farmland`;
    const { body: all } = await get<ItemList>(`${path}&limit=1000`);
    expect(area(all)).to.deep.equal([...area(all)].sort((a, b) => b - a));
    expect(area(all)[0]).to.be.greaterThan(1000);
    const pages: number[] = [];
    for (let offset = 0; offset < 500; offset += 150) {
      const { body } = await get<ItemList>(`${path}&limit=150&offset=${offset}`);
      pages.push(...body.items.map(({ index }) => index));
    }
    expect(pages).to.deep.equal(all.items.map(({ index }) => index));
  });

  it('filters by township, status, layer, place and name', async () => {
    const { body: all } = await get<ItemList>(`/${batch.id}/items?limit=1000`);
    const filtered = async (query: string) =>
      (await get<ItemList>(`/${batch.id}/items?limit=1000&${query}`)).body.items.map(({ index }) => index);
    const by = (is: (item: ItemList['items'][number]) => boolean) =>
      all.items.filter(is).map(({ index }) => index);
    expect(await filtered(`township=${VILLAGE.slice(0, 9)}`)).to.deep.equal(
      by(({ village }) => village?.code === VILLAGE),
    );
    expect(await filtered('township=410821999')).to.deep.equal([]);
    expect(await filtered('status=no_data')).to.deep.equal(by(({ status }) => status === 'no_data'));
    expect(await filtered('layer=ecological_red_line&status=affected')).to.deep.equal(
      by(({ layers }) => layers.ecological_red_line?.status === 'affected'),
    );
    expect(await filtered('bbox=113.24,35.215,113.2405,35.2155')).to.have.length.within(1, 200);
    expect(await filtered('bbox=100,30,101,31')).to.deep.equal([]);
    expect(await filtered(`q=${encodeURIComponent('地块17')}`)).to.deep.equal(
      by(({ name }) => name?.includes('地块17') === true),
    );
    expect(await filtered('q=499')).to.deep.equal([499]);
    const { body: detail } = await get<BatchDetail>(`/${batch.id}`);
    expect(detail.townships.reduce((sum, { shapes }) => sum + shapes, 0)).to.equal(
      by(({ village }) => village !== null).length,
    );
  });

  it('shows its shapes on a map', async () => {
    const { body } = await get<BatchMap>(`/${batch.id}/map`);
    expect(body.features).to.have.length(497);
    expect(new Set(body.features.map(({ geometry }) => geometry.type))).not.to.include('Point');
    const { body: some } = await get<BatchMap>(`/${batch.id}/map?status=affected`);
    expect(some.features.every(({ properties }) => properties.layers.length > 0)).to.equal(true);
  });

  it('goes out as CSV: a row per record, no cell a formula, the same areas', async () => {
    const response = await text(`/${batch.id}/export?format=csv&lang=zh`);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3).toString('hex')).to.equal('efbbbf');
    const lines = bytes.toString('utf8').slice(1).trimEnd().split('\r\n');
    expect(lines).to.have.length(501);
    expect(lines[0])
      .to.match(/^"序号","名称"/)
      .and.to.include('永久基本农田');
    expect(lines[1]).to.match(/^"1","'=1\+1"/);
    expect(lines[17])
      .to.match(/^"17","地块17",/)
      .and.to.include('"没有结果"');
  });

  it('goes out as a workbook: a sheet of shapes, and one of classes that adds up to them', async () => {
    const response = await text(`/${batch.id}/export?format=xlsx&lang=en`);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(await response.arrayBuffer());
    const [shapes, classes] = book.worksheets;
    expect(shapes!.rowCount).to.equal(501);
    expect(shapes!.getCell('B2').value).to.equal('=1+1');
    const heads = (shapes!.getRow(1).values as string[]).slice(1);
    const column = heads.indexOf('Permanent basic farmland area (m²)') + 1;
    expect(column, heads.join()).to.be.greaterThan(0);
    let [sum, parts] = [0, 0];
    shapes!.eachRow((row, i) => {
      if (i > 1) sum += Number(row.getCell(column).value ?? 0);
    });
    classes!.eachRow((row, i) => {
      const cell = (n: number) => row.getCell(n).value;
      if (i > 1 && cell(3) === 'Permanent basic farmland' && cell(9) === 'yes') parts += Number(cell(7));
    });
    expect(sum).to.be.greaterThan(10_000);
    expect(parts).to.be.closeTo(sum, 0.01 * 500);
  });

  it('goes out as GeoJSON with the shapes as they came', async () => {
    const response = await text(`/${batch.id}/export?format=geojson`);
    const { features } = (await response.json()) as {
      features: {
        id: number;
        geometry: { coordinates: number[][][][] } | null;
        properties: Record<string, unknown>;
      }[];
    };
    expect(features).to.have.length(500);
    const { geometry } = records[0] as { geometry: { coordinates: number[][][] } };
    expect(features[0]!.geometry!.coordinates[0]).to.deep.equal(geometry.coordinates);
    expect(features[16]!.geometry).to.equal(null);
    expect(features[0]!.properties).to.include({ XH: 1, index: 1 });
  });

  it('keeps the original file, and its making in the trail', async () => {
    const { body } = await get<BatchDetail>(`/${batch.id}`);
    const response = await fetch(`${served.base}/api/files/${body.file_id}/content`, {
      headers: inspector.headers,
    });
    expect(await response.text()).to.equal(collection(records));
    const rows = (await knex('audit_entry').where({
      action: 'batch.create',
      record_id: batch.id,
    })) as unknown[];
    expect(rows).to.have.length(1);
  });

  it('is not seen by the neighbour county, nor by a township below', async () => {
    const neighbour = await person(knex, [{ role: 'inspector', division_code: NEIGHBOUR }]);
    const township = await person(knex, [{ role: 'inspector', division_code: '410821101' }]);
    for (const who of [neighbour, township]) {
      for (const path of ['', '/items', '/items/1', '/map', '/export?format=csv'])
        expect((await get(`/${batch.id}${path}`, who)).body.code, path).to.equal('batch_unknown');
      expect((await get<{ batches: Batch[] }>('', who)).body.batches).to.deep.equal([]);
      const gone = await fetch(`${served.base}/api/overlay-batches/${batch.id}`, {
        method: 'DELETE',
        headers: who.headers,
      });
      expect(gone.status).to.equal(404);
    }
  });

  it('examines nothing outside one’s areas: what cannot lie inside at once, what mostly does not once it is known', async () => {
    const shapes = [
      feature(polygon(cells(0.1, 0.1, 0.9, 0.9)), { name: 'own' }),
      feature(polygon(cells(6, 1, 7, 2)), { name: 'beyond' }),
      feature(polygon(cells(3.9, 1, 4.6, 2)), { name: 'mostly beyond' }),
      feature(polygon(cells(3.3, 1, 4.1, 2)), { name: 'mostly own' }),
      feature(polygon(cells(20, 1, 21, 2)), { name: 'nowhere' }),
    ];
    const { body } = await giveBatch(served.base, inspector, collection(shapes));
    expect(body.counts).to.deep.equal({ shapes: 4, remarks: 1 });
    expect(body.remarks[0]).to.include({ index: 2, name: 'beyond', code: 'outside_areas' });
    await workOff(opened.database, body.job_id);
    const { body: list } = await get<ItemList>(`/${body.id}/items`);
    expect(list.items.map(({ name, status }) => [name, status])).to.deep.equal([
      ['own', 'affected'],
      ['beyond', 'remark'],
      ['mostly beyond', 'remark'],
      ['mostly own', 'affected'],
      ['nowhere', 'no_data'],
    ]);
    const { body: detail } = await get<BatchDetail>(`/${body.id}`);
    expect(detail.counts).to.deep.equal({ shapes: 3, remarks: 2, done: 3, failed: 0, affected: 2 });
    const kept = await knex('overlay_batch_item').where({ batch_id: body.id, index: 3 }).first();
    expect(kept).to.include({ answer: null, summary: null, village_code: null });
  });

  it('shows each county its own records of a city’s batch', async () => {
    const city = await person(
      knex,
      [
        { role: 'inspector', division_code: COUNTY },
        { role: 'inspector', division_code: NEIGHBOUR },
      ],
      { division_code: COUNTY },
    );
    const shapes = [feature(polygon(cells(1, 1, 2, 2))), feature(polygon(cells(6, 1, 7, 2)))];
    const { body } = await giveBatch(served.base, city, collection(shapes));
    await workOff(opened.database, body.job_id);
    const villages = async (who: Person) =>
      (await get<ItemList>(`/${body.id}/items`, who)).body.items.map(({ village }) => village?.code);
    expect(await villages(city)).to.deep.equal([VILLAGE, NEIGHBOUR_VILLAGE]);
    expect(await villages(inspector)).to.deep.equal([VILLAGE]);
    expect((await get(`/${body.id}/items/2`, inspector)).body.code).to.equal('batch_item_unknown');
  });

  it('takes a GeoPackage and a zipped Shapefile as well', async () => {
    const ring = cells(1.1, 1.1, 1.2, 1.2);
    const parcel = readShape(polygon(ring), {});
    const packed = await geopackage([
      ['甲', blob([ring])],
      ['乙', null],
    ]);
    const given = await giveBatch(served.base, inspector, packed, { name: 'flags.gpkg' });
    expect(given.body.counts, JSON.stringify(given.body)).to.deep.equal({ shapes: 1, remarks: 1 });
    const shapefile = zip({
      'a.shp': shp(5, [{ paths: [[...ring].reverse()] }]),
      'a.dbf': dbf('NAME', ['甲'], 'utf-8'),
    });
    const zipped = await giveBatch(served.base, inspector, shapefile, { name: 'flags.zip' });
    expect(zipped.body.counts, JSON.stringify(zipped.body)).to.deep.equal({ shapes: 1, remarks: 0 });
    for (const { body } of [given, zipped]) {
      await workOff(opened.database, body.job_id);
      const { body: item } = await get<BatchItemDetail>(`/${body.id}/items/1`);
      expect(item).to.include({ name: '甲', status: 'affected' });
      expect(item.area_m2).to.be.closeTo(parcel.area_m2, 0.01);
      const { body: detail } = await get<BatchDetail>(`/${body.id}`);
      expect(detail.format).to.equal(body === given.body ? 'gpkg' : 'shapefile');
    }
  });

  it('is taken in once, however often it is sent', async () => {
    const headers = { 'idempotency-key': 'batch-once-1' };
    const shapes = collection([feature(polygon(cells(1, 1, 2, 2)))]);
    const first = await giveBatch(served.base, inspector, shapes, { headers });
    const again = await giveBatch(served.base, inspector, shapes, { headers });
    expect(again.body).to.deep.equal(first.body);
    const other = await giveBatch(served.base, inspector, collection([feature(polygon(cells(1, 1, 2, 3)))]), {
      headers,
    });
    expect(other.body.code).to.equal('idempotency_mismatch');
  });

  it('refuses a file of which nothing is a shape, naming the first fault, and a broken form', async () => {
    const { status, body } = await giveBatch(served.base, inspector, collection([feature(BOW_TIE)]));
    expect([status, body.code]).to.deep.equal([422, 'file_no_shapes']);
    const bad = await giveBatch(served.base, inspector, collection(records), {
      fields: { as_of: 'yesterday' },
    });
    expect(bad.body.code).to.equal('invalid_request');
    const future = await giveBatch(served.base, inspector, collection(records), {
      fields: { as_of: '2199-01-01' },
    });
    expect(future.body.code).to.equal('invalid_request');
    const beyond = await giveBatch(served.base, inspector, collection(records), {
      fields: { division_code: NEIGHBOUR },
    });
    expect(beyond.body.code).to.equal('forbidden');
  });

  it('is removed by whoever gave it, with all its results, and by nobody else', async () => {
    const colleague = await person(knex, [{ role: 'inspector', division_code: COUNTY }]);
    const remove = (who: Person) =>
      fetch(`${served.base}/api/overlay-batches/${batch.id}`, { method: 'DELETE', headers: who.headers });
    expect((await get<Batch>(`/${batch.id}`, colleague)).body.mine).to.equal(false);
    expect((await remove(colleague)).status).to.equal(403);
    expect((await remove(inspector)).status).to.equal(204);
    expect((await get(`/${batch.id}`)).body.code).to.equal('batch_unknown');
    expect(await knex('overlay_batch_item').where({ batch_id: batch.id })).to.deep.equal([]);
    expect(await knex('audit_entry').where({ action: 'batch.delete', record_id: batch.id })).to.have.length(
      1,
    );
  });
});
