import { expect } from 'chai';
import geodesic from 'geographiclib-geodesic';
import type { ShapeGeometry } from '../../../server/contract/index.ts';
import {
  MAX_VERTICES,
  readShape,
  type ShapeOptions,
  shapeEwkb,
  toGcj02,
} from '../../../server/geometry/index.ts';
import { Problem } from '../../../server/problems.ts';
import { officialArea } from '../../support/official_area.ts';

const [W, S] = [113.24, 35.21];
const at = (dx: number, dy: number) => [W + dx / 1000, S + dy / 1000];
const square = (x = 0, y = 0, size = 1) => [
  at(x, y),
  at(x + size, y),
  at(x + size, y + size),
  at(x, y + size),
  at(x, y),
];
const polygon = (...coordinates: number[][][]): ShapeGeometry => ({ type: 'Polygon', coordinates });

function problemOf(geometry: unknown, options?: ShapeOptions): Problem {
  try {
    readShape(geometry as ShapeGeometry, options);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('accepted');
}

describe('readShape', () => {
  it('keeps the vertices, projects them and measures officially', () => {
    const ring = square();
    const hole = square(0.25, 0.25, 0.5);
    const shape = readShape(polygon(ring, hole));
    expect(shape.geometry.coordinates).to.deep.equal([[ring, hole]]);
    expect(shape.area_m2).to.be.closeTo(officialArea([ring, hole]), 1e-4);
    expect(shape.vertex_count).to.equal(8);
    expect(shape.bbox).to.deep.equal([W, S, W + 0.001, S + 0.001]);
    expect(shape.point).to.equal(null);
    expect(shapeEwkb(shape).readUInt32LE(5)).to.equal(6933);
  });
  it('takes eastings and northings of a zone, three values each, either orientation', () => {
    const ring = [
      [38430812.22, 3898821.08, 90],
      [38430921.4, 3898809.15, 90],
      [38430911.44, 3898698.27, 90],
      [38430802.27, 3898710.2, 90],
      [38430812.22, 3898821.08, 90],
    ];
    const first = readShape(polygon(ring), { crs: 'EPSG:4526' });
    expect(first.area_m2).to.be.closeTo(12222.6477, 1e-3);
    expect(readShape(polygon(ring.toReversed()), { crs: 'EPSG:4526' }).area_m2).to.be.closeTo(
      first.area_m2,
      1e-6,
    );
  });
  it('undoes GCJ-02', () => {
    const shifted = square().map(([lon, lat]) => toGcj02(lon!, lat!));
    const shape = readShape(polygon(shifted), { datum: 'gcj02' });
    const [lon, lat] = shape.geometry.coordinates[0]![0]![0]!;
    expect(lon).to.be.closeTo(W, 1e-9);
    expect(lat).to.be.closeTo(S, 1e-9);
  });
  it('drops consecutive duplicates and nothing else', () => {
    const [a, b, c, d] = square();
    const shape = readShape(polygon([a!, a!, b!, c!, c!, c!, d!, a!, a!]));
    expect(shape.geometry.coordinates).to.deep.equal([[square()]]);
  });
  it('refuses a datum that contradicts the CRS', () => {
    expect(problemOf(polygon(square()), { crs: 'EPSG:4526', datum: 'gcj02' }).code).to.equal(
      'crs_contradiction',
    );
    expect(problemOf(polygon(square()), { crs: 'EPSG:2362' }).code).to.equal('crs_datum_refused');
  });
});

describe('a point', () => {
  for (const radius of [1, 50, 1000]) {
    it(`covers its disc of ${radius} m, and little more`, () => {
      for (const [lon, lat] of [
        [113.24, 35.21],
        [112.51, 35.0],
        [87.0, 44.0],
        [109.4999, 18.3],
      ] as const) {
        const shape = readShape({ type: 'Point', coordinates: [lon, lat] }, { accuracy_m: radius });
        const ellipsoid = geodesic.Geodesic.WGS84;
        const ring = shape.geometry.coordinates[0]![0]!;
        ring.slice(1).forEach(([x, y], i) => {
          const [px, py] = ring[i]!;
          const middle = ellipsoid.Inverse(lat, lon, (y + py) / 2, (x + px) / 2).s12!;
          expect(middle).to.be.within(radius, radius * 1.001);
        });
        expect(shape.point).to.deep.equal({ lon, lat, accuracy_m: radius });
        expect(shape.area_m2 / (Math.PI * radius * radius)).to.be.within(1, 1.005);
      }
    });
  }
  it('without accuracy says so and is a disc of 1 m', () => {
    const shape = readShape({ type: 'Point', coordinates: [W, S] });
    expect(shape.point).to.deep.equal({ lon: W, lat: S, accuracy_m: null });
    expect(shape.area_m2).to.be.within(Math.PI, 3.16);
  });
});

describe('faults and their places', () => {
  const ring = square();
  const broken = (index: number, value: unknown) => ring.map((p, i) => (i === index ? value : p));
  const cases: [string, unknown, string, object, ShapeOptions?][] = [
    ['a line', { type: 'LineString', coordinates: ring }, 'geometry_type', {}],
    ['no coordinates', { type: 'Polygon' }, 'geometry_invalid', { part: 1 }],
    [
      'nested one level short',
      { type: 'MultiPolygon', coordinates: [ring] },
      'geometry_invalid',
      { part: 1, ring: 1, point: '1' },
    ],
    [
      'a text among numbers',
      polygon(broken(2, ['113', 35]) as number[][]),
      'geometry_invalid',
      { part: 1, ring: 1, point: '3' },
    ],
    ['a position of one value', polygon(broken(1, [113]) as number[][]), 'geometry_invalid', { point: '2' }],
    [
      'NaN',
      polygon(broken(2, [Number.NaN, 35]) as number[][]),
      'coordinate_not_finite',
      { part: 1, ring: 1, point: '3' },
    ],
    [
      '1e400',
      JSON.parse('{"type":"Point","coordinates":[113,1e400]}'),
      'coordinate_not_finite',
      { point: '1' },
    ],
    ['no parts', { type: 'MultiPolygon', coordinates: [] }, 'geometry_empty', {}],
    ['an empty part', { type: 'MultiPolygon', coordinates: [[ring], []] }, 'geometry_empty', { part: 2 }],
    ['an empty ring', polygon(ring, []), 'geometry_empty', { part: 1, ring: 2 }],
    ['an empty point', { type: 'Point', coordinates: [] }, 'geometry_empty', {}],
    ['longitude 500', polygon(broken(1, [500, 35]) as number[][]), 'coordinate_out_of_range', { point: '2' }],
    [
      'swapped',
      polygon(ring.map(([x, y]) => [y!, x!])),
      'coordinates_swapped',
      { part: 1, ring: 1, point: '1' },
    ],
    [
      'in Berlin',
      { type: 'Point', coordinates: [13.4, 52.5] },
      'outside_china',
      { point: '1', position: [13.4, 52.5] },
    ],
    ['at 0, 0', { type: 'Point', coordinates: [0, 0] }, 'outside_china', {}],
    [
      'metres without a CRS',
      { type: 'Point', coordinates: [38430812, 3898821] },
      'coordinate_out_of_range',
      {},
    ],
    [
      'northing first in a zone',
      { type: 'Point', coordinates: [3898821, 38430812] },
      'coordinates_swapped',
      {},
      { crs: 'EPSG:4526' },
    ],
    [
      'the wrong zone',
      { type: 'Point', coordinates: [37430812, 3898821] },
      'coordinate_out_of_range',
      {},
      { crs: 'EPSG:4526' },
    ],
    ['open', polygon(ring.slice(0, 4)), 'ring_not_closed', { part: 1, ring: 1, point: '4' }],
    ['three positions', polygon([ring[0]!, ring[1]!, ring[0]!]), 'too_few_points', { part: 1, ring: 1 }],
    [
      'two distinct points',
      polygon([ring[0]!, ring[1]!, ring[1]!, ring[0]!]),
      'too_few_points',
      { part: 1, ring: 1 },
    ],
    [
      'a bow-tie',
      polygon([ring[0]!, ring[2]!, ring[1]!, ring[3]!, ring[0]!]),
      'self_intersection',
      { part: 1, ring: 1, point: '1' },
    ],
    [
      'in the second ring',
      polygon(ring, [at(0.1, 0.1), at(0.2, 0.2), at(0.2, 0.1), at(0.1, 0.2), at(0.1, 0.1)]),
      'self_intersection',
      { part: 1, ring: 2 },
    ],
    ['1 mm²', polygon(square(0, 0, 1e-5)), 'area_too_small', {}],
    ['a county', polygon(square(0, 0, 200)), 'area_too_large', {}],
    ['too many vertices', polygon(new Array(MAX_VERTICES + 1).fill(ring[0])), 'too_many_vertices', {}],
  ];
  for (const [name, geometry, code, where, options] of cases) {
    it(`${name}: ${code}`, () => {
      const problem = problemOf(geometry, { path: 'geometry.coordinates', ...options });
      expect(problem.code).to.equal(code);
      expect(problem.where).to.deep.include({ path: 'geometry.coordinates', ...where });
    });
  }
  it('names points as the user does', () => {
    const bowTie = polygon([ring[0]!, ring[2]!, ring[1]!, ring[3]!, ring[0]!]);
    const problem = problemOf(bowTie, { pointName: (_part, _ring, i) => `J${i + 1}` });
    expect(problem.params).to.include({ edge_a: 'J1–J2', edge_b: 'J3–J4' });
    const [lon, lat] = problem.where!.position!;
    expect(lon).to.be.closeTo(W + 0.0005, 1e-6);
    expect(lat).to.be.closeTo(S + 0.0005, 1e-6);
  });
});
