import { expect } from 'chai';
import initSqlJs from 'sql.js';
import { readBatch } from '../../../server/imports/read_batch.ts';
import type { ReadUpload } from '../../../server/imports/read_upload.ts';
import { prepareGeoPackage } from '../../../server/imports/readers/geopackage.ts';
import { type BlobOptions, blob, geopackage, type Ring, type Srs } from '../../support/geopackage.ts';
import { codes, problemOf, read } from './expectations.ts';

const RING: Ring = [
  [113.24, 35.215],
  [113.2412, 35.2149],
  [113.2413, 35.2159],
  [113.2401, 35.216],
  [113.24, 35.215],
];
/** The same parcel in zone 38, metres. */
const ZONED: Ring = [
  [38431000, 3898960.5],
  [38431060, 3898960.5],
  [38431060, 3898900],
  [38431000, 3898900],
  [38431000, 3898960.5],
];
const CROSSED: Ring = [RING[0]!, RING[2]!, RING[1]!, RING[3]!, RING[0]!];

const area = (upload: ReadUpload) => upload.features[0]!.properties.area_m2 as number;
const geojson = (ring: Ring) => read(JSON.stringify({ type: 'Polygon', coordinates: [ring] }));

describe('GeoPackage', () => {
  before(prepareGeoPackage);

  for (const [what, options] of [
    ['little-endian', {}],
    ['big-endian', { big: true }],
    ['with an envelope', { envelope: 1 }],
    ['with an envelope of four dimensions', { envelope: 4, dimensions: 4 }],
    ['with heights', { dimensions: 3 }],
    ['of a bare polygon', { type: 3 }],
  ] as [string, BlobOptions][])
    it(`reads a geometry ${what}`, async () => {
      const upload = read(await geopackage([['甲', blob([RING], options)]]));
      expect(upload).to.include({ format: 'gpkg' });
      expect(upload.crs.id).to.equal('EPSG:4490');
      expect(area(upload)).to.equal(area(geojson(RING)));
      expect(upload.features[0]!.properties.attributes).to.deep.equal({ fid: 1, name: '甲', TBMJ: null });
      expect(codes(upload)).to.deep.equal((options.dimensions ?? 2) > 2 ? ['heights_dropped'] : []);
    });

  it('takes zones by their EPSG code, and by the definition where it has none', async () => {
    const wkt = `PROJCS["x",GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",SPHEROID["CGCS2000",6378137,298.257222101]],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",114],PARAMETER["scale_factor",1],PARAMETER["false_easting",38500000],PARAMETER["false_northing",0],UNIT["metre",1]]`;
    const byCode = read(await geopackage([['甲', blob([ZONED])]], { id: 4526 }));
    const byText = read(
      await geopackage([['甲', blob([ZONED])]], { id: 100_000, organization: 'NONE', definition: wkt }),
    );
    expect([byCode.crs.id, byText.crs.id]).to.deep.equal(['EPSG:4526', 'EPSG:4526']);
    expect(area(byText)).to.equal(area(byCode));
  });

  it('refuses an old datum, and a CRS that nobody knows', async () => {
    const old =
      'GEOGCS["Xian 1980",DATUM["Xian_1980",SPHEROID["x",6378140,298.257]],UNIT["degree",0.0174532925199433]]';
    const refused = async (srs: Srs) => problemOf(await geopackage([['甲', blob([RING])]], srs)).code;
    expect(await refused({ id: 4610, definition: old })).to.equal('crs_datum_refused');
    expect(
      await refused({ id: 32649, definition: 'PROJCS["UTM",GEOGCS["WGS 84",DATUM["WGS_1984"]]]' }),
    ).to.equal('crs_unknown');
  });

  it('looks at the coordinates where the file says that it does not know', async () => {
    const upload = read(
      await geopackage([['甲', blob([ZONED])]], { id: -1, organization: 'NONE', code: -1 }),
    );
    expect(upload.crs.id).to.equal('EPSG:4526');
  });

  it('keeps what is right beside what is broken, with the number of each record', async () => {
    const rows: Parameters<typeof geopackage>[0] = [
      ['一', blob([RING])],
      ['二', null],
      ['三', blob([CROSSED])],
      ['四', blob([RING]).subarray(0, 60)],
      ['五', blob([RING], { type: 10 })],
      ['六', Uint8Array.from([1, 2, 3])],
      ['七', blob([RING])],
    ];
    const batch = readBatch({ name: 'a.gpkg', bytes: await geopackage(rows) });
    expect(batch.records.map(({ index, name }) => [index, name])).to.deep.equal([
      [1, '一'],
      [7, '七'],
    ]);
    expect(
      batch.faults.map(({ index, note }) => [index, note.code]).sort((a, b) => Number(a[0]) - Number(b[0])),
    ).to.deep.equal([
      [2, 'geometry_empty'],
      [3, 'self_intersection'],
      [4, 'geometry_invalid'],
      [5, 'geometry_type'],
      [6, 'geometry_invalid'],
    ]);
    // a record without a shape is told once, by its number
    expect(batch.notes.map(({ code }) => code)).to.not.include('null_shapes');
  });

  it('compares the stated area (TBMJ)', async () => {
    expect(codes(read(await geopackage([['甲', blob([RING]), 1]])))).to.include('stated_area_differs');
  });

  it('reads a file that was saved with a write-ahead log', async () => {
    const bytes = await geopackage([['甲', blob([RING])]]);
    bytes[18] = 2;
    bytes[19] = 2;
    expect(read(bytes).features).to.have.length(1);
  });

  it('refuses another SQLite database, a damaged one, and one without a shape', async () => {
    const { Database } = await initSqlJs();
    const other = new Database();
    other.run('create table x (y)');
    expect(problemOf(Buffer.from(other.export())).code).to.equal('file_format_unknown');
    const whole = await geopackage(Array.from({ length: 300 }, () => ['甲', blob([RING])]));
    expect(problemOf(whole.subarray(0, whole.length >> 1)).code).to.equal('file_unreadable');
    expect(problemOf(Buffer.concat([whole.subarray(0, 100), Buffer.alloc(5000, 7)])).code).to.equal(
      'file_unreadable',
    );
    expect(problemOf(await geopackage([['甲', null]])).code).to.equal('file_no_shapes');
  });

  it('is not led into another table, nor to run what the file brings', async () => {
    const bytes = await geopackage(
      [['甲', blob([RING])]],
      { id: 4490 },
      `create view v as select 1 as geom;
      insert into gpkg_contents values ('missing"; drop table gpkg_contents; --', 'features', 'x', 4490);
      insert into gpkg_geometry_columns values ('missing"; drop table gpkg_contents; --', 'geom', 'POLYGON', 4490, 0, 0)`,
    );
    expect(problemOf(bytes).code).to.equal('file_unreadable');
  });
});
