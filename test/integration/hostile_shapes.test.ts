import { expect } from 'chai';
import type { OverlayAnswer, ProblemBody } from '../../server/contract/index.ts';
import { at, close, comb, spiral } from '../support/adversarial_shapes.ts';
import { type Served, serve } from '../support/serve.ts';
import { cells, polygon, type Ring, STEP } from '../support/test_land.ts';

const polygonOf = (rings: unknown) => ({ type: 'Polygon', coordinates: rings });
const square = cells(1, 1, 2, 2);
const shifted = (ring: Ring, by: number): Ring => ring.map(([x, y]) => [x + by * STEP, y]);

/** Shapes that are valid, however unpleasant: answered, and everything adds up. */
const ANSWERED: Record<string, unknown> = {
  'a comb of 19,998 vertices': polygonOf(comb(4999)),
  'a spiral of 19,998 vertices': polygonOf(spiral(19_998, 40)),
  'a sliver of 0.1 mm': polygonOf([close([at(0.1, 0.1), at(3.9, 0.1), at(3.9, 0.100001)])]),
  'a shape traced along every border': polygonOf([cells(0, 0, 4, 4)]),
  'vertices that repeat': polygonOf([
    [at(0.5, 0.5), at(0.5, 0.5), at(0.6, 0.5), at(0.6, 0.6), at(0.6, 0.6), at(0.5, 0.5)],
  ]),
  'parts that touch in a point': {
    type: 'MultiPolygon',
    coordinates: [[cells(1, 1, 1.5, 1.5)], [cells(1.5, 1.5, 2, 2)]],
  },
};

/** Shapes that are refused, each with its own code. */
const REFUSED: [string, unknown, string | RegExp][] = [
  ['a plot of 5,002 vertices', polygonOf(comb(1250)), 'too_many_vertices'],
  ['20,001 vertices', polygonOf(comb(5000)), 'too_many_vertices'],
  ['a hole outside', polygonOf([square, cells(3, 3, 3.5, 3.5)]), /^hole/],
  ['a ring that stands twice', polygonOf([square, square]), /^(hole|ring)/],
  [
    'two equal holes',
    polygonOf([square, cells(1.2, 1.2, 1.4, 1.4), cells(1.2, 1.2, 1.4, 1.4)]),
    /^(hole|rings_cross)/,
  ],
  [
    'parts that overlap',
    { type: 'MultiPolygon', coordinates: [[square], [shifted(square, 0.5)]] },
    'parts_overlap',
  ],
  ['equal parts', { type: 'MultiPolygon', coordinates: [[square], [square]] }, 'parts_overlap'],
  [
    'the antimeridian',
    polygonOf([
      [
        [179.9, 35],
        [-179.9, 35],
        [-179.9, 35.1],
        [179.9, 35],
      ],
    ]),
    'outside_china',
  ],
  [
    'longitude 500',
    polygonOf([
      [
        [500, 35],
        [501, 35],
        [501, 36],
        [500, 35],
      ],
    ]),
    'coordinate_out_of_range',
  ],
  [
    'coordinates as text',
    polygonOf([
      [
        ['113.24', '35.215'],
        ['113.241', '35.215'],
        ['113.241', '35.216'],
      ],
    ]),
    'invalid_request',
  ],
  ['a ring of two points', polygonOf([[at(0, 0), at(1, 1), at(0, 0)]]), 'too_few_points'],
  ['a ring that is not closed', polygonOf([[at(0, 0), at(1, 0), at(1, 1), at(0, 1)]]), 'ring_not_closed'],
  [
    'a spike',
    polygonOf([[at(0, 0), at(1, 0), at(3, 0), at(1, 0), at(1, 1), at(0, 0)]]),
    /self_intersection|rings_touch/,
  ],
  ['no rings', polygonOf([]), 'geometry_empty'],
  ['an empty ring', polygonOf([[]]), 'geometry_empty'],
  ['a county', polygonOf([cells(0, 0, 400, 400)]), 'area_too_large'],
  ['another type', { type: 'LineString', coordinates: [at(0, 0), at(1, 1)] }, 'invalid_request'],
  ['a collection', { type: 'GeometryCollection', geometries: [polygon(square)] }, 'invalid_request'],
];

describe('hostile shapes over HTTP', function () {
  this.timeout(60_000);
  let server: Served;
  before(async () => {
    server = await serve();
  });
  after(() => server.close());

  async function post<T>(path: string, body: object): Promise<{ status: number; body: T }> {
    const response = await fetch(server.base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as T };
  }

  for (const [name, geometry] of Object.entries(ANSWERED)) {
    it(`answers ${name}`, async () => {
      const { status, body } = await post<OverlayAnswer>('/api/overlays', { geometry });
      expect(status, JSON.stringify(body).slice(0, 300)).to.equal(200);
      expect(body.layers.filter((row) => row.status === 'failed').map((row) => row.layer)).to.deep.equal([]);
      const land = body.land_use.reduce((sum, { area_m2 }) => sum + area_m2, 0);
      expect(land + body.uncovered_m2).to.be.closeTo(body.area_m2, 0.02);
    });
  }

  for (const [name, geometry, code] of REFUSED) {
    it(`refuses ${name}`, async () => {
      const { status, body } = await post<ProblemBody>('/api/checks', { geometry, activity: 'house' });
      expect(status, JSON.stringify(body).slice(0, 300)).to.be.within(400, 422);
      if (typeof code === 'string') expect(body.code).to.equal(code);
      else expect(body.code).to.match(code);
    });
  }

  it('is right afterwards', async () => {
    const ready = await fetch(`${server.base}/readyz`);
    expect(await ready.json()).to.include({ status: 'ready' });
  });
});
