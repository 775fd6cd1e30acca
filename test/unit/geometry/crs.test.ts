import { expect } from 'chai';
import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import {
  findCrs,
  fromGcj02,
  fromLocalZone,
  localZone,
  parseCrs,
  recogniseCrs,
  toGcj02,
  toLocalZone,
  toZone,
  zoneToLonLat,
} from '../../../server/geometry/index.ts';
import { Problem } from '../../../server/problems.ts';
import { kruger } from '../../support/kruger.ts';

function codeOf(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

/** domain facts §2 */
const ranges = [
  { width: 3, prefixed: true, first: 4513, numbers: [25, 45] },
  { width: 3, prefixed: false, first: 4534, numbers: [25, 45] },
  { width: 6, prefixed: true, first: 4491, numbers: [13, 23] },
  { width: 6, prefixed: false, first: 4502, numbers: [13, 23] },
] as const;

describe('CRS table', () => {
  for (const { width, prefixed, first, numbers } of ranges) {
    it(`EPSG:${first} … ${first + numbers[1] - numbers[0]}: ${width}° zones, ${prefixed ? 'with' : 'without'} number`, () => {
      for (let n = numbers[0]; n <= numbers[1]; n++) {
        const zone = findCrs(`EPSG:${first + n - numbers[0]}`)?.zone;
        expect(zone).to.deep.equal({
          width,
          number: n,
          central_meridian: width === 3 ? 3 * n : 6 * n - 3,
          false_easting: 500_000 + (prefixed ? n * 1_000_000 : 0),
          prefixed,
        });
      }
    });
  }
  it('projects every zone as Krüger’s series does, within 1 mm, and back', () => {
    const place = fc.record({
      range: fc.constantFrom(...ranges),
      k: fc.nat(10),
      offset: fc.double({ min: -3.5, max: 3.5, noNaN: true }),
      lat: fc.double({ min: 4, max: 53, noNaN: true }),
    });
    fc.assert(
      fc.property(place, ({ range, k, offset, lat }) => {
        const crs = findCrs(`EPSG:${range.first + k}`)!;
        const { central_meridian, false_easting } = crs.zone!;
        const lon = central_meridian + offset;
        const expected = kruger(lon, lat, central_meridian, false_easting);
        const [easting, northing] = toZone(crs.zone!, lon, lat);
        expect(easting).to.be.closeTo(expected[0], 0.001);
        expect(northing).to.be.closeTo(expected[1], 0.001);
        const [backLon, backLat] = zoneToLonLat(crs.id, ...expected);
        expect(backLon).to.be.closeTo(lon, 1e-8);
        expect(backLat).to.be.closeTo(lat, 1e-8);
      }),
      { numRuns: 300 },
    );
  });
  it('has the northing of the central meridian as the geodesic distance from the equator', () => {
    const ellipsoid = new geodesic.Geodesic.Geodesic(6378137, 1 / 298.257222101);
    const distance = ellipsoid.Inverse(0, 114, 35.2, 114).s12!;
    expect(toZone(findCrs('EPSG:4526')!.zone!, 114, 35.2)[1]).to.be.closeTo(distance, 0.001);
  });
  it('knows the first point of the two-parcel example (domain facts §3)', () => {
    const [lon, lat] = zoneToLonLat('EPSG:4526', 38430812.22, 3898821.08);
    expect(lon).to.be.closeTo(113.240099992, 2e-9);
    expect(lat).to.be.closeTo(35.215999998, 2e-9);
  });
  it('local zones go there and back', () => {
    expect([112.4, 112.6, 113.9, 114].map(localZone)).to.deep.equal([111, 114, 114, 114]);
    const [x, y] = toLocalZone(113.24, 35.2, 114);
    const [lon, lat] = fromLocalZone(x, y, 114);
    expect([lon.toFixed(10), lat.toFixed(10)]).to.deep.equal(['113.2400000000', '35.2000000000']);
  });
});

describe('names of CRS', () => {
  for (const text of [
    'EPSG:4526',
    'epsg:4526',
    '4526',
    'urn:ogc:def:crs:EPSG::4526',
    'http://www.opengis.net/def/crs/EPSG/0/4526',
  ]) {
    it(text, () => expect(parseCrs(text).id).to.equal('EPSG:4526'));
  }
  for (const text of [
    'CRS84',
    'urn:ogc:def:crs:OGC:1.3:CRS84',
    'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
  ]) {
    it(text, () => expect(parseCrs(text).id).to.equal('EPSG:4326'));
  }
  for (const text of [
    'EPSG:2362',
    'EPSG:4610',
    'EPSG:4214',
    'EPSG:2411',
    '1980西安坐标系',
    '北京54',
    '80坐标系',
    'Xian_1980_3_Degree_GK_Zone_38',
  ]) {
    it(`refuses the old datum of ${text}`, () =>
      expect(codeOf(() => parseCrs(text))).to.equal('crs_datum_refused'));
  }
  for (const text of ['', 'EPSG:3857', 'EPSG:99999', 'EPSG:4490; drop table', '2000', 'GRS_1980']) {
    it(`does not know “${text}”`, () => expect(codeOf(() => parseCrs(text))).to.equal('crs_unknown'));
  }
});

describe('recognising a CRS', () => {
  const X = 3898821;
  const id = (...args: Parameters<typeof recogniseCrs>) => {
    const { crs, by } = recogniseCrs(...args);
    return `${crs.id} ${by}`;
  };
  it('by the zone number, degrees, the header, the user', () => {
    expect(id([38430812, X], null)).to.equal('EPSG:4526 prefix');
    expect(id([19730812, X], null)).to.equal('EPSG:4497 prefix');
    expect(id([113.2, 35.2], null)).to.equal('EPSG:4490 degrees');
    expect(id([430812, X], { text: '', number: 38, width: 3 })).to.equal('EPSG:4547 zone');
    expect(id([430812, X], { text: '', number: 19, width: 6 })).to.equal('EPSG:4508 zone');
    expect(id([430812, X], { text: '', meridian: 111 })).to.equal('EPSG:4546 zone');
    expect(id([430812, X], null, findCrs('EPSG:4547'))).to.equal('EPSG:4547 option');
  });
  const refused: [string, string, Parameters<typeof recogniseCrs>][] = [
    ['no zone at all', 'crs_ambiguous', [[430812, X], null]],
    ['only the width of the zone', 'crs_ambiguous', [[430812, X], { text: '', width: 3 }]],
    ['header 37, easting 38', 'crs_contradiction', [[38430812, X], { text: '', number: 37, width: 3 }]],
    ['header 6°, easting 38', 'crs_contradiction', [[38430812, X], { text: '', width: 6 }]],
    ['user 4525, easting 38', 'crs_contradiction', [[38430812, X], null, findCrs('EPSG:4525')]],
    [
      'user 4547, header 37',
      'crs_contradiction',
      [[430812, X], { text: '', number: 37, width: 3 }, findCrs('EPSG:4547')],
    ],
    ['user 4490, metres', 'crs_contradiction', [[430812, X], null, findCrs('EPSG:4490')]],
    ['user 4526, degrees', 'crs_contradiction', [[113, 35], null, findCrs('EPSG:4526')]],
    ['zone 12', 'crs_unknown', [[12430812, X], null]],
    ['zone 99', 'crs_unknown', [[430812, X], { text: '', number: 99 }]],
    ['northing first', 'coordinates_swapped', [[X, 38430812], null]],
  ];
  for (const [name, code, args] of refused) {
    it(`${name}: ${code}`, () => expect(codeOf(() => recogniseCrs(...args))).to.equal(code));
  }
});

describe('GCJ-02', () => {
  it('is undone to less than 1 mm', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 74, max: 135, noNaN: true }),
        fc.double({ min: 4, max: 53, noNaN: true }),
        (lon, lat) => {
          const [x, y] = fromGcj02(...toGcj02(lon, lat));
          expect(x).to.be.closeTo(lon, 5e-9);
          expect(y).to.be.closeTo(lat, 5e-9);
        },
      ),
    );
  });
  it('shifts by the known hundreds of metres', () => {
    const [lon, lat] = toGcj02(113.24, 35.21);
    const metres = Math.hypot((lon - 113.24) * 91_000, (lat - 35.21) * 111_000);
    expect(metres).to.be.within(300, 900);
  });
});
