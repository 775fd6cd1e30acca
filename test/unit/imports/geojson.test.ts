import { expect } from 'chai';
import { codes, problemOf, read } from './expectations.ts';

const ring = [
  [113.24, 35.215],
  [113.2412, 35.2149],
  [113.2413, 35.2159],
  [113.2401, 35.216],
  [113.24, 35.215],
];
const polygon = { type: 'Polygon', coordinates: [ring] };
const feature = (geometry: unknown, properties: object | null = { name: '甲' }) => ({
  type: 'Feature',
  geometry,
  properties,
});
const collection = (features: unknown[], more: object = {}) =>
  JSON.stringify({ type: 'FeatureCollection', features, ...more });
const named = (name: string) => ({ crs: { type: 'name', properties: { name } } });
const zoned = {
  type: 'Polygon',
  coordinates: [
    [
      [38431000, 3898960.5],
      [38431060, 3898960.5],
      [38431060, 3898900],
      [38431000, 3898900],
      [38431000, 3898960.5],
    ],
  ],
};

describe('GeoJSON', () => {
  for (const [name, text] of [
    ['a FeatureCollection', collection([feature(polygon)])],
    ['a Feature', JSON.stringify(feature(polygon))],
    ['a bare geometry', JSON.stringify(polygon)],
    ['a byte order mark', `\ufeff${JSON.stringify(polygon)}`],
    ['a third coordinate', JSON.stringify({ type: 'Polygon', coordinates: [ring.map((p) => [...p, 90])] })],
  ] as const) {
    it(name, () => {
      const upload = read(text);
      expect(upload.format).to.equal('geojson');
      expect(upload.crs.id).to.equal('EPSG:4490');
      expect(upload.features[0]!.geometry).to.deep.equal(polygon);
      expect(upload.features[0]!.properties.area_m2).to.be.closeTo(12222.578056, 1e-5);
    });
  }
  it('keeps points and lines', () => {
    const upload = read(
      collection([
        feature({ type: 'Point', coordinates: ring[0] }),
        feature({ type: 'LineString', coordinates: ring }),
      ]),
    );
    expect(upload.features.map((f) => f.geometry.type)).to.deep.equal(['Point', 'LineString']);
  });
  it('keeps attributes apart from its own properties', () => {
    const { properties } = read(collection([feature(polygon, { name: '甲', area_m2: 1 })])).features[0]!;
    expect(properties.attributes).to.deep.equal({ name: '甲', area_m2: 1 });
    expect(properties.area_m2).to.be.closeTo(12222.578, 1e-3);
  });
  it('knows the crs member, the zone number and WGS 84', () => {
    expect(read(collection([feature(zoned)], named('urn:ogc:def:crs:EPSG::4526'))).crs.id).to.equal(
      'EPSG:4526',
    );
    const upload = read(collection([feature(zoned)]));
    expect(upload.crs.id).to.equal('EPSG:4526');
    expect(upload.features[0]!.properties.area_m2).to.be.closeTo(3629.5746, 1e-4);
    const wgs84 = read(collection([feature(polygon)], named('urn:ogc:def:crs:OGC:1.3:CRS84')));
    expect([wgs84.crs.id, ...codes(wgs84)]).to.deep.equal(['EPSG:4326', 'wgs84_as_cgcs2000']);
  });
  it('leaves bad features out with their place', () => {
    const bad = [
      feature({ type: 'Polygon', coordinates: [[ring[0], ring[2], ring[1], ring[3], ring[0]]] }, null),
      feature({ type: 'GeometryCollection', geometries: [] }),
      feature({ type: 'Polygon', coordinates: [] }),
      feature({ type: 'Polygon', coordinates: [ring.slice(0, 4)] }),
      feature({ type: 'LineString', coordinates: [[113, 'x']] }),
      feature({ type: 'Polygon', coordinates: [ring.map(([x, y]) => [y, x])] }),
      feature(null),
      'nonsense',
    ];
    const upload = read(collection([...bad, feature(polygon)]));
    expect(upload.features).to.have.length(1);
    expect(codes(upload, 'error').sort()).to.deep.equal([
      'coordinates_swapped',
      'geometry_empty',
      'geometry_invalid',
      'geometry_type',
      'geometry_type',
      'ring_not_closed',
      'self_intersection',
    ]);
    const crossed = upload.notes.find((entry) => entry.code === 'self_intersection')!;
    expect(crossed.where).to.deep.include({
      feature: '#1',
      part: 1,
      ring: 1,
      path: 'features[0].geometry.coordinates',
    });
    expect(codes(upload, 'info')).to.deep.equal(['null_shapes']);
  });
  const refused: [string, string, string][] = [
    ['broken JSON', '{"type":"Polygon","coordinates":[[[113,35],', 'file_unreadable'],
    ['NaN', '{"type":"Point","coordinates":[NaN,35]}', 'file_unreadable'],
    ['1e400', '{"type":"Point","coordinates":[1e400,35]}', 'file_no_shapes'],
    [
      '100,000 brackets',
      `{"type":"Polygon","coordinates":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      'too_deep',
    ],
    ['other JSON', '{"hello":1}', 'file_format_unknown'],
    ['no features', collection([]), 'file_no_shapes'],
    ['features that are no list', '{"type":"FeatureCollection","features":{}}', 'file_unreadable'],
    ['an old datum', collection([feature(zoned)], named('EPSG:2362')), 'crs_datum_refused'],
    ['an unknown CRS', collection([feature(zoned)], named('EPSG:3857')), 'crs_unknown'],
    [
      'a linked CRS',
      collection([feature(zoned)], { crs: { type: 'link', properties: { href: 'x' } } }),
      'crs_unknown',
    ],
    [
      'a CRS that contradicts the coordinates',
      collection([feature(polygon)], named('EPSG:4526')),
      'crs_contradiction',
    ],
    ['Berlin', collection([feature({ type: 'Point', coordinates: [13.4, 52.5] })]), 'file_no_shapes'],
    [
      '5,001 features',
      collection(new Array(5001).fill(feature({ type: 'Point', coordinates: ring[0] }))),
      'too_many_features',
    ],
    [
      'too many vertices',
      collection(
        new Array(50).fill(feature({ type: 'LineString', coordinates: new Array(4001).fill([113, 35]) })),
      ),
      'too_many_vertices',
    ],
  ];
  for (const [name, text, code] of refused) {
    it(`${name}: ${code}`, () => expect(problemOf(text).code).to.equal(code));
  }
  it('the first fault speaks where nothing is left', () => {
    const problem = problemOf(collection([feature({ type: 'Point', coordinates: [13.4, 52.5] })]));
    expect(problem.params.reason_en).to.include('outside China');
    expect(problem.params.reason_zh).to.include('不在中国');
    expect(problem.where).to.deep.include({ feature: '甲', position: [13.4, 52.5] });
  });
});
