import { deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import { box, dbf, shp, ZONE_38_PRJ, zip } from './build_files.ts';
import { codes, expectAreas, problemOf, read } from './expectations.ts';

const [E, N] = [38431000, 3898900];
/** The 60 m × 60.5 m square of domain facts §3. */
const plot = [
  [E, N],
  [E, N + 60.5],
  [E + 60, N + 60.5],
  [E + 60, N],
  [E, N],
];
const polygons = (...shapes: number[][][][]) =>
  shp(
    5,
    shapes.map((paths) => ({ paths })),
  );
const names = ['塝上地块', '垸内地块'];
const two = polygons([plot], [box(E + 200, N, 50)]);
const files = (extra: Record<string, Buffer | string> = {}) =>
  zip({ 'a.shp': two, 'a.dbf': dbf('NAME', names, 'gbk'), 'a.prj': ZONE_38_PRJ, ...extra });
const prj = (text: string) => zip({ 'a.shp': two, 'a.dbf': dbf('NAME', names, 'gbk'), 'a.prj': text });

describe('zipped Shapefile', () => {
  it('in GBK without .cpg', () => {
    const upload = read(files());
    expect(upload.format).to.equal('shapefile');
    expect(upload.crs.id).to.equal('EPSG:4526');
    expect(upload.crs.how.zh).to.include('CGCS2000_3_Degree_GK_Zone_38');
    expect(upload.features.map((feature) => feature.properties.name)).to.deep.equal(names);
    expect(upload.features[0]!.properties.area_m2).to.be.closeTo(3629.5746, 1e-4);
    expect(codes(upload).sort()).to.deep.equal(['encoding_recognised', 'index_missing']);
  });
  for (const [cpg, encoding] of [
    ['UTF-8', 'utf8'],
    ['GBK', 'gbk'],
    ['936', 'gbk'],
    ['UTF-8', 'gbk'],
    ['GBK', 'utf8'],
    ['nonsense', 'gbk'],
  ] as const) {
    it(`in ${encoding}, .cpg says ${cpg}`, () => {
      const upload = read(
        zip({ 'a.shp': two, 'a.dbf': dbf('NAME', names, encoding), 'a.cpg': cpg, 'a.prj': ZONE_38_PRJ }),
      );
      if (cpg !== 'GBK' || encoding !== 'utf8') {
        expect(upload.features.map((feature) => feature.properties.name)).to.deep.equal(names);
      }
      expect(upload.features).to.have.length(2);
    });
  }
  it('text cut in the middle of a character by the width of its field', () => {
    const upload = read(
      zip({ 'a.shp': two, 'a.dbf': dbf('NAME', names, 'gbk', undefined, 7), 'a.prj': ZONE_38_PRJ }),
    );
    expect(upload.features.map((feature) => feature.properties.name)).to.deep.equal(['塝上地', '垸内地']);
  });
  it('with Chinese field names and stated areas', () => {
    const table = dbf('地块名称', names, 'gbk', [3629.57, 9999]);
    const upload = read(zip({ '地块.shp': two, '地块.dbf': table, '地块.prj': ZONE_38_PRJ }));
    expect(upload.features[0]!.properties).to.deep.include({ name: names[0], stated_area_m2: 3629.57 });
    expect(codes(upload, 'warning')).to.deep.equal(['stated_area_differs']);
  });
  it('in upper case, in a folder, beside other files', () => {
    const upload = read(
      zip({
        'X/A.SHP': two,
        'X/A.DBF': dbf('NAME', names, 'gbk'),
        'X/A.PRJ': ZONE_38_PRJ,
        'X/A.SHX': '',
        'X/A.shp.xml': '<x/>',
        'readme.txt': 'x',
        'more.zip': 'x',
        '__MACOSX/X/._A.SHP': 'x',
      }),
    );
    expect(upload.features).to.have.length(2);
    expect(codes(upload).sort()).to.deep.equal([
      'encoding_recognised',
      'entry_ignored',
      'nested_archive_ignored',
    ]);
  });
  it('holes and parts by containment, whatever their orientation', () => {
    const shapes = polygons(
      [plot, box(E + 20, N + 20, 20).reverse()],
      [plot.toReversed(), box(E + 20, N + 20, 20)],
      [box(E, N, 10), box(E + 20, N, 10)],
    );
    const upload = read(zip({ 'a.shp': shapes, 'a.shx': '', 'a.prj': ZONE_38_PRJ }));
    expect(upload.features.map((f) => f.geometry.type)).to.deep.equal(['Polygon', 'Polygon', 'MultiPolygon']);
    const [first, second] = upload.features.map((f) => f.properties.area_m2 as number);
    expect(first).to.be.closeTo(3629.5746 - 400 * (3629.5746 / 3630), 0.01);
    expect(second).to.be.closeTo(first!, 1e-6);
    expect(codes(upload)).to.deep.equal(['attributes_missing']);
  });
  it('with Z values, lines, points and null shapes', () => {
    const z = zip({ 'a.shp': shp(15, [{ paths: [plot] }, null]), 'a.prj': ZONE_38_PRJ });
    expectAreas(read(z), [3629.5746]);
    expect(codes(read(z))).to.include.members(['heights_dropped', 'null_shapes']);
    expect(
      read(zip({ 'a.shp': shp(3, [{ paths: [plot] }]), 'a.prj': ZONE_38_PRJ })).features[0]!.geometry.type,
    ).to.equal('LineString');
    expect(
      read(zip({ 'a.shp': shp(11, [{ point: [E, N] }]), 'a.prj': ZONE_38_PRJ })).features[0]!.geometry.type,
    ).to.equal('Point');
  });
  it('a bad shape does not lose the others', () => {
    const shapes = polygons(
      [
        [
          [E, N],
          [E + 9, N + 9],
          [E + 9, N],
          [E, N + 9],
          [E, N],
        ],
      ],
      [plot],
    );
    const upload = read(zip({ 'a.shp': shapes, 'a.dbf': dbf('NAME', names, 'utf8'), 'a.prj': ZONE_38_PRJ }));
    expect(upload.features.map((f) => f.properties.name)).to.deep.equal(['垸内地块']);
    const [fault] = upload.notes.filter(({ severity }) => severity === 'error');
    expect(fault!.code).to.equal('self_intersection');
    expect(fault!.where).to.deep.include({ feature: '塝上地块', file: 'a.shp', ring: 1 });
  });
  it('leaves the attributes out where they do not match the shapes', () => {
    const upload = read(zip({ 'a.shp': two, 'a.dbf': dbf('NAME', ['甲'], 'gbk'), 'a.prj': ZONE_38_PRJ }));
    expect(codes(upload, 'warning')).to.deep.equal(['attributes_mismatch']);
    expect(upload.features[0]!.properties.attributes).to.deep.equal({});
  });
});

describe('zipped Shapefile: CRS', () => {
  const at = (easting: number) => zip({ 'a.shp': polygons([box(easting, N, 50)]) });
  it('without .prj by the zone number', () => expect(read(at(E)).crs.id).to.equal('EPSG:4526'));
  it('without .prj and number only by the user', () => {
    expect(problemOf(at(431000)).code).to.equal('crs_ambiguous');
    expect(read(at(431000), { crs: 'EPSG:4547' }).crs.id).to.equal('EPSG:4547');
  });
  it('zone without number by the central meridian', () => {
    const text = ZONE_38_PRJ.replace('38500000.0', '500000.0').replace('GK_Zone_38', 'GK_CM_114E');
    const upload = read(zip({ 'a.shp': polygons([box(431000, N, 50)]), 'a.prj': text }));
    expect(upload.crs.id).to.equal('EPSG:4547');
  });
  const cases: [string, string, string][] = [
    [
      'another zone',
      ZONE_38_PRJ.replace('38500000.0', '37500000.0').replace('114.0', '111.0'),
      'crs_contradiction',
    ],
    ['meridian and number that do not belong together', ZONE_38_PRJ.replace('114.0', '111.0'), 'crs_unknown'],
    ["Xi'an 1980", ZONE_38_PRJ.replace('D_China_2000', 'D_Xian_1980'), 'crs_datum_refused'],
    [
      'Beijing 1954',
      ZONE_38_PRJ.replace('CGCS2000_3_Degree_GK_Zone_38', 'Beijing_1954_3_Degree_GK_Zone_38'),
      'crs_datum_refused',
    ],
    ['a scale factor', ZONE_38_PRJ.replace('"Scale_Factor",1.0', '"Scale_Factor",0.9996'), 'crs_unknown'],
    ['feet', ZONE_38_PRJ.replace('UNIT["Meter",1.0]', 'UNIT["Foot",0.3048]'), 'crs_unknown'],
    ['no WKT', 'hello', 'crs_unknown'],
  ];
  for (const [name, text, code] of cases) {
    it(`${name}: ${code}`, () => expect(problemOf(prj(text)).code).to.equal(code));
  }
  it('a GRS 1980 ellipsoid is no Xi’an 1980', () => {
    expect(read(prj(ZONE_38_PRJ.replace('SPHEROID["CGCS2000"', 'SPHEROID["GRS_1980"'))).crs.id).to.equal(
      'EPSG:4526',
    );
  });
});

/** A zip entry that unpacks to `size` zeros while its headers say 10 bytes. */
function bomb(size: number): Buffer {
  const honest = zip({ 'a.shp': Buffer.alloc(10) });
  const packed = deflateRawSync(Buffer.alloc(size));
  const central = honest.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  const local = Buffer.from(honest.subarray(0, 35));
  const directory = Buffer.from(honest.subarray(central));
  local.writeUInt16LE(8, 8);
  directory.writeUInt16LE(8, 10);
  local.writeUInt32LE(packed.length, 18);
  directory.writeUInt32LE(packed.length, 20);
  const end = directory.length - 22;
  directory.writeUInt32LE(local.length + packed.length, end + 16);
  return Buffer.concat([local, packed, directory]);
}

describe('zipped Shapefile: damage and malice', () => {
  const cases: [string, () => Buffer, string][] = [
    ['a bomb that lies about its size', () => bomb(80 * 1024 * 1024), 'archive_limits'],
    [
      'several files that are too much together',
      () =>
        zip(
          Object.fromEntries(
            [1, 2, 3].flatMap((i) => [
              [`${i}.shp`, two],
              [`${i}.dbf`, Buffer.concat([dbf('NAME', names, 'gbk'), Buffer.alloc(30 * 1024 * 1024)])],
            ]),
          ),
        ),
      'archive_limits',
    ],
    [
      '1,001 entries',
      () => zip(Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`${i}.txt`, '']))),
      'archive_limits',
    ],
    ['a path out of the archive', () => zip({ '../a.shp': two }), 'archive_unsafe'],
    ['an absolute path', () => zip({ '/etc/a.shp': two }), 'archive_unsafe'],
    ['a drive letter', () => zip({ 'C:\\a.shp': two }), 'archive_unsafe'],
    ['a cut archive', () => files().subarray(0, 300), 'file_unreadable'],
    ['a cut .shp', () => files({ 'a.shp': two.subarray(0, two.length - 20) }), 'file_unreadable'],
    ['only the header of a .shp', () => files({ 'a.shp': two.subarray(0, 100) }), 'file_unreadable'],
    ['a .shp of nothing', () => files({ 'a.shp': Buffer.alloc(0) }), 'file_unreadable'],
    ['a cut .dbf', () => files({ 'a.dbf': dbf('NAME', names, 'gbk').subarray(0, 110) }), 'file_unreadable'],
    [
      'no .shp',
      () => zip({ 'a.dbf': dbf('NAME', names, 'gbk'), 'xl/workbook.xml': 'x' }),
      'file_format_unknown',
    ],
    ['an empty archive', () => zip({}), 'file_format_unknown'],
    ['no records', () => zip({ 'a.shp': shp(5, []) }), 'file_no_shapes'],
    [
      'a number of points that the record cannot hold',
      () => {
        const lying = Buffer.from(two);
        lying.writeInt32LE(2_000_000_000, 100 + 8 + 40);
        return files({ 'a.shp': lying });
      },
      'file_unreadable',
    ],
  ];
  for (const [name, build, code] of cases) {
    it(`${name}: ${code}`, () => expect(problemOf(build()).code).to.equal(code));
  }
  it('a wrong checksum', () => {
    const stored = zip({ 'a.shp': two });
    const at = stored.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    stored.writeUInt32LE(1, at + 16);
    expect(problemOf(stored).code).to.equal('file_unreadable');
  });
  it('an encrypted entry', () => {
    const locked = files();
    const at = locked.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    locked.writeUInt16LE(1, at + 8);
    expect(problemOf(locked).code).to.equal('file_unreadable');
  });
  it('names the record that is cut', () => {
    const problem = problemOf(files({ 'a.shp': two.subarray(0, two.length - 20) }));
    expect(problem.params).to.deep.include({ file: 'a.shp', place: '#2' });
  });
});
