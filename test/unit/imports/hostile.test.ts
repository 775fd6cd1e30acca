import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';
import { expect } from 'chai';
import { zipSync } from 'fflate';
import { readUploadBounded } from '../../../server/imports/bounded/read_upload_bounded.ts';
import { Problem } from '../../../server/problems.ts';
import { box, dbf, header, parcel, SQUARE, SQUARE_AREA, shp, txt, ZONE_38_PRJ, zip } from './build_files.ts';

const MB = 1024 * 1024;
const square = shp(5, [{ paths: [box(38431000, 3898900, 60)] }]);

/** A zip of one entry, `a.kml`, that unpacks to `size` zeros and says that it is small; made without holding them. */
async function bomb(size: number): Promise<Buffer> {
  const deflate = createDeflateRaw({ level: 9 });
  const chunks: Buffer[] = [];
  deflate.on('data', (chunk: Buffer) => chunks.push(chunk));
  const zeros = Buffer.alloc(MB);
  for (let written = 0; written < size; written += MB)
    if (!deflate.write(zeros)) await once(deflate, 'drain');
  deflate.end();
  await once(deflate, 'end');
  return entry('a.kml', Buffer.concat(chunks), 100);
}

/** A zip with one deflated entry that is listed `times`. */
function entry(name: string, packed: Buffer, size: number, times = 1, crc = 0): Buffer {
  const local = Buffer.alloc(30 + name.length);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt16LE(name.length, 26);
  local.write(name, 30);
  const central = Buffer.alloc(46 + name.length);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(crc, 16);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(size, 24);
  central.writeUInt16LE(name.length, 28);
  central.write(name, 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(times, 10);
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, ...new Array<Buffer>(times).fill(central), end]);
}

async function outcomeOf(bytes: Buffer): Promise<string | string[]> {
  try {
    const upload = await readUploadBounded({ name: 'plot', bytes });
    return upload.notes.map(({ code }) => code);
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

/** The server's own reader is right afterwards. */
async function rightAfterwards(): Promise<void> {
  const { features } = await readUploadBounded({
    name: 'good',
    bytes: txt('[地块坐标]', parcel(), ...SQUARE),
  });
  expect(features[0]!.properties.area_m2).to.be.closeTo(SQUARE_AREA, 1e-3);
}

describe('hostile files, one after the other, in the same threads', () => {
  afterEach(rightAfterwards);

  it('1 GiB in a zip of 1 MB is refused within the memory of its limit', async () => {
    const bytes = await bomb(1024 * MB);
    expect(bytes.length).to.be.within(0.9 * MB, 1.2 * MB);
    const before = process.memoryUsage.rss();
    const started = performance.now();
    expect(await outcomeOf(bytes)).to.equal('archive_limits');
    expect(performance.now() - started, 'ms').to.be.below(5_000);
    expect((process.memoryUsage.rss() - before) / MB, 'MB').to.be.below(300);
  }).timeout(60_000);

  const refused: [string, () => Buffer, string][] = [
    [
      '20,000 entries',
      () => zip(Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`${i}.txt`, '']))),
      'archive_limits',
    ],
    ['a path out of the archive', () => zip({ '../../etc/a.shp': square }), 'archive_unsafe'],
    ['a path out of it with backslashes', () => zip({ 'a\\..\\..\\b.shp': square }), 'archive_unsafe'],
    [
      'a symbolic link',
      () =>
        Buffer.from(
          zipSync({
            'a.shp': [new Uint8Array(Buffer.from('/etc/passwd')), { os: 3, attrs: (0o120777 << 16) >>> 0 }],
          }),
        ),
      'archive_unsafe',
    ],
    [
      'nothing but zips in zips',
      () => zip({ 'a.zip': zip({ 'b.zip': zip({ 'c.shp': square }) }) }),
      'file_format_unknown',
    ],
    ['a cut .shp', () => zip({ 'a.shp': square.subarray(0, 150) }), 'file_unreadable'],
    [
      'a .dbf in no encoding',
      () => zip({ 'a.shp': square, 'a.dbf': dbf('NAME', ['ÿÿÿÿÿÿÿÿ'], 'latin1'), 'a.prj': ZONE_38_PRJ }),
      'encoding_unknown',
    ],
    ['zone contradiction', () => txt(...header({ 带号: '37' }), parcel(), ...SQUARE), 'crs_contradiction'],
    ['Xi’an 80', () => txt(...header({ 坐标系: '西安80坐标系' }), parcel(), ...SQUARE), 'crs_datum_refused'],
    [
      'a bow-tie',
      () => txt('[地块坐标]', parcel(), SQUARE[0]!, SQUARE[2]!, SQUARE[1]!, SQUARE[3]!),
      'file_no_shapes',
    ],
    ['9 MB of <', () => Buffer.alloc(9 * MB, '<'), 'file_unreadable'],
    ['9 MB of {', () => Buffer.alloc(9 * MB, '{'), 'too_deep'],
    [
      '9 MB of a coordinate that does not end',
      () =>
        Buffer.from(
          `<kml><Placemark><Point><coordinates>${'1'.repeat(9 * MB)}</coordinates></Point></Placemark></kml>`,
        ),
      'file_no_shapes',
    ],
    [
      '500,000 attributes of a tag',
      () => Buffer.from(`<kml ${Array.from({ length: 500_000 }, (_, i) => `a${i}=""`).join(' ')}/>`),
      'file_unreadable',
    ],
  ];
  for (const [name, build, code] of refused) {
    it(`${name}: ${code}`, async () => expect(await outcomeOf(build())).to.equal(code)).timeout(30_000);
  }

  it('one payload listed 900 times counts 900 times', async () => {
    const raw = Buffer.alloc(MB);
    const deflate = createDeflateRaw();
    deflate.end(raw);
    const packed = Buffer.concat(await deflate.toArray());
    const bytes = entry('xl/workbook.xml', packed, raw.length, 900, crc32(raw));
    expect(await outcomeOf(bytes)).to.equal('file_format_unknown');
  });

  const bare = SQUARE.map((line) => line.replace(',38431', ',431'));
  const noted: [string, () => Buffer, string][] = [
    ['.shx missing', () => zip({ 'a.shp': square, 'a.prj': ZONE_38_PRJ }), 'index_missing'],
    [
      'a zip beside the Shapefile',
      () => zip({ 'a.shp': square, 'b.zip': zip({}) }),
      'nested_archive_ignored',
    ],
    [
      'a .dbf that is GBK under a .cpg of UTF-8',
      () => zip({ 'a.shp': square, 'a.dbf': dbf('名称', ['示例'], 'gbk'), 'a.cpg': 'UTF-8' }),
      'encoding_recognised',
    ],
    ['a wrong count', () => txt('[地块坐标]', parcel('一', '', '9'), ...SQUARE), 'point_count_differs'],
    [
      'an unclosed ring',
      () => txt('[地块坐标]', parcel('一', '', '4'), ...SQUARE.slice(0, 4)),
      'closing_point_missing',
    ],
    [
      'a second outer ring',
      () =>
        txt(
          '[地块坐标]',
          parcel('一', '', '8'),
          ...SQUARE.slice(0, 4),
          ...SQUARE.slice(0, 4).map((line) => line.replace(',1,', ',2,').replace(',38431', ',38432')),
        ),
      'parts_from_rings',
    ],
    [
      'swapped X and Y',
      () =>
        txt(
          '[地块坐标]',
          parcel('一', ''),
          ...SQUARE.map((line) => line.replace(/(\d+\.\d+),(\d+\.\d+)/, '$2,$1')),
        ),
      'columns_swapped',
    ],
  ];
  for (const [name, build, code] of noted) {
    it(`${name}: read, with ${code}`, async () => expect(await outcomeOf(build())).to.include(code));
  }
  it('no zone number: read by what the header says, with a word on how', async () => {
    const upload = await readUploadBounded({ name: 'plot', bytes: txt(...header(), parcel(), ...bare) });
    expect(upload.crs.id).to.equal('EPSG:4547');
    expect(upload.crs.how.zh).to.include('不带带号');
  });
});
