import { expect } from 'chai';
import fc from 'fast-check';
import { readUpload } from '../../../server/imports/read_upload.ts';
import { Problem } from '../../../server/problems.ts';
import { box, dbf, parcel, SQUARE, shp, txt, ZONE_38_PRJ, zip } from './build_files.ts';
import { problemOf, read } from './expectations.ts';

function nestedRings(count: number): string {
  const corners = [
    [1, 1],
    [1, -1],
    [-1, -1],
    [-1, 1],
  ] as const;
  const ring = (i: number) =>
    corners.map(([a, b]) => `J,${i},${3898900 + a * (6000 - i)},${38431000 + b * (6000 - i)}`);
  return Array.from({ length: count }, (_, i) => ring(i).join('\n')).join('\n');
}

describe('an upload', () => {
  const cases: [string, Buffer, string][] = [
    ['nothing', Buffer.alloc(0), 'file_empty'],
    ['blanks', Buffer.from(' \r\n '), 'file_empty'],
    ['only a byte order mark', Buffer.from([0xef, 0xbb, 0xbf]), 'file_empty'],
    ['a bare .shp', shp(5, [{ paths: [box(38431000, 3898900, 9)] }]), 'file_format_unknown'],
    ['prose', Buffer.from('你好，世界'), 'file_format_unknown'],
    [
      'a PNG',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
      'file_format_unknown',
    ],
    ['bytes of no encoding', Buffer.from([0x4a, 0xff, 0xff, 0x2c]), 'encoding_unknown'],
    ['a JSON list', Buffer.from('[1,2,3]'), 'file_format_unknown'],
    ['11 MB', Buffer.alloc(11 * 1024 * 1024, 0x20), 'file_too_large'],
    ['5,001 parcels', Buffer.from(`[地块坐标]\n${'@\n'.repeat(5001)}`), 'too_many_features'],
    ['200,001 points', Buffer.from('J,1,2,3\n'.repeat(200_001)), 'too_many_vertices'],
    ['lines of something else', Buffer.from(`[地块坐标]\n${'x\n'.repeat(1e6)}`), 'file_unreadable'],
    ['5,001 null shapes', zip({ 'a.shp': shp(5, new Array(5001).fill(null)) }), 'too_many_features'],
    ['rings in rings in rings', Buffer.from(nestedRings(5000)), 'file_no_shapes'],
    ['section titles and nothing else', Buffer.from('[属性描述]\n[地块坐标]\n'), 'file_no_shapes'],
  ];
  for (const [name, bytes, code] of cases) {
    it(`${name}: ${code}`, () => expect(problemOf(bytes).code).to.equal(code));
  }
  it('is known by its content, not by its name', () => {
    const bytes = txt(parcel(), ...SQUARE);
    expect(readUpload({ name: 'plot.zip', bytes }).format).to.equal('txt');
  });
  it('has every text in both languages', () => {
    const upload = read(txt(parcel('甲', '9'), ...SQUARE));
    expect(upload.notes).not.to.have.length(0);
    for (const { message } of upload.notes) {
      for (const text of [message.zh, message.en]) expect(text).to.match(/\S/).and.not.to.include('{');
    }
    expect(upload.crs.how.zh).not.to.equal(upload.crs.how.en);
  });
});

describe('an upload with random damage', () => {
  const originals = [
    txt('[地块坐标]', parcel(), ...SQUARE),
    zip({
      'a.shp': shp(5, [{ paths: [box(38431000, 3898900, 60)] }]),
      'a.dbf': dbf('NAME', ['甲'], 'gbk'),
      'a.prj': ZONE_38_PRJ,
    }),
    Buffer.from(JSON.stringify({ type: 'Polygon', coordinates: [box(113.2, 35.2, 0.001)] })),
    Buffer.concat([shp(5, [{ paths: [box(38431000, 3898900, 60)] }])]),
  ];
  const damaged = fc
    .record({
      original: fc.constantFrom(...originals),
      changes: fc.array(fc.record({ at: fc.nat(5000), byte: fc.nat(255) }), { maxLength: 6 }),
      keep: fc.double({ min: 0.3, max: 1, noNaN: true }),
    })
    .map(({ original, changes, keep }) => {
      const bytes = Buffer.from(original.subarray(0, Math.ceil(original.length * keep)));
      for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
      return bytes;
    });
  const onlyProblems = (bytes: Buffer) => {
    try {
      readUpload({ name: 'plot', bytes });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  };

  it('ends in features or in a problem, never in another error', () => {
    fc.assert(fc.property(damaged, onlyProblems), { numRuns: 3000 });
  });
  it('so do the inner files of an archive', () => {
    const inner = fc.tuple(
      fc.constantFrom('a.shp', 'a.dbf', 'a.prj', 'a.cpg'),
      fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 4 }),
    );
    const base: Record<string, Buffer> = {
      'a.shp': shp(5, [{ paths: [box(38431000, 3898900, 60), box(38431010, 3898910, 9)] }]),
      'a.dbf': dbf('NAME', ['甲'], 'gbk'),
      'a.prj': Buffer.from(ZONE_38_PRJ),
      'a.cpg': Buffer.from('GBK'),
    };
    const run = ([name, changes]: [string, [number, number][]]) => {
      const bytes = Buffer.from(base[name]!);
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      onlyProblems(zip({ ...base, [name]: bytes }));
    };
    fc.assert(fc.property(inner, run), { numRuns: 2000 });
  });
});
