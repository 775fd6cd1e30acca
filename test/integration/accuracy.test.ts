import { expect } from 'chai';
import type {
  CheckAnswer,
  CheckLayer,
  ProblemBody,
  ShapeAnswer,
  VillageList,
} from '../../server/contract/index.ts';
import { type Served, serve } from '../support/serve.ts';
import { cells, polygon, SOUTH, STEP, VILLAGE, WEST } from '../support/test_land.ts';

const at = (i: number, j: number) => [WEST + i * STEP, SOUTH + j * STEP];

describe('accuracy, footprints and places', () => {
  let server: Served;
  before(async () => {
    server = await serve();
  });
  after(() => server.close());

  async function post<T>(path: string, body: unknown): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(server.base + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as T;
  }
  async function layers(
    body: object,
  ): Promise<Record<string, CheckLayer> & { outcome: CheckAnswer['outcome'] }> {
    const check = await post<CheckAnswer>('/api/checks', { activity: 'trees', ...body });
    return Object.assign(Object.fromEntries(check.layers.map((row) => [row.layer, row])), {
      outcome: check.outcome,
    }) as never;
  }

  // the farmland's eastern border is at column 2; a column is about 91 m wide
  it('says of a point whether it is surely inside, maybe, or surely outside', async () => {
    const point = (i: number, accuracy_m: number) =>
      layers({ geometry: { type: 'Point', coordinates: at(i, 0.5) }, accuracy_m });
    expect((await point(0.5, 10)).permanent_basic_farmland!.certainty).to.equal('surely_inside');
    expect((await point(2.05, 12)).permanent_basic_farmland!.certainty).to.equal('maybe');
    expect((await point(1.95, 12)).permanent_basic_farmland!.certainty).to.equal('maybe');
    expect((await point(2.5, 12)).permanent_basic_farmland!.certainty).to.equal('surely_outside');
    expect((await point(2.5, 12)).nature_reserve!.certainty).to.equal('maybe');
  });

  it('claims no certainty where no accuracy was given', async () => {
    const rows = await layers({ geometry: polygon(cells(0.1, 0.1, 0.2, 0.2)) });
    expect(rows.permanent_basic_farmland!.certainty).to.equal(null);
  });

  it('never answers better than unknown where a shape only may touch a zone', async () => {
    // 9 m east of the border, in a garden plot
    const beside = polygon(cells(2.1, 0.4, 2.3, 0.6));
    const exact = await layers({ geometry: beside });
    expect(exact.permanent_basic_farmland!.status).to.equal('not_affected');
    const vague = await layers({ geometry: beside, accuracy_m: 12 });
    expect(vague.permanent_basic_farmland).to.include({ status: 'not_affected', certainty: 'maybe' });
    expect(['unknown', 'conflict']).to.include(vague.outcome);
    const better = await layers({ geometry: beside, accuracy_m: 5 });
    expect(better.permanent_basic_farmland!.certainty).to.equal('surely_outside');
  });

  it('is surely inside where the shape is, even at worst', async () => {
    const rows = await layers({ geometry: polygon(cells(1.7, 0.4, 2.1, 0.8)), accuracy_m: 5 });
    expect(rows.permanent_basic_farmland!.certainty).to.equal('surely_inside');
    const edge = await layers({ geometry: polygon(cells(1.96, 0.4, 2.3, 0.8)), accuracy_m: 5 });
    expect(edge.permanent_basic_farmland!.certainty).to.equal('maybe');
  });

  it('sets a footprint down, and refuses a request with none or two shapes', async () => {
    const footprint = { center: at(2, 2), width_m: 10, depth_m: 13, bearing_deg: 30 };
    const shape = await post<ShapeAnswer>('/api/shapes', { footprint });
    // true to the scale of the zone 0.76° from its meridian
    expect(shape.area_m2).to.be.closeTo(130, 0.05);
    expect(shape.geometry.coordinates[0]![0]).to.have.length(5);
    expect(await post<ProblemBody>('/api/shapes', {})).to.include({ code: 'invalid_request' });
    const both = await post<ProblemBody>('/api/shapes', { footprint, geometry: polygon(cells(0, 0, 1, 1)) });
    expect(both.code).to.equal('invalid_request');
    const swapped = await post<ProblemBody>('/api/shapes', {
      footprint: { ...footprint, center: [35.2, 113.2] },
    });
    expect(swapped.code).to.equal('coordinates_swapped');
  });

  it('finds the village where one stands', async () => {
    const [lon, lat] = at(1.5, 1.5);
    const near = (await (
      await fetch(`${server.base}/api/villages?near=${lon},${lat}`)
    ).json()) as VillageList;
    expect(near.villages[0]!.code).to.equal(VILLAGE);
    const far = (await (await fetch(`${server.base}/api/villages?near=100,30`)).json()) as VillageList;
    expect(far).to.deep.equal({ villages: [], number_matched: 0 });
    const bad = await fetch(`${server.base}/api/villages?near=x`);
    expect(bad.status).to.equal(400);
  });
});
