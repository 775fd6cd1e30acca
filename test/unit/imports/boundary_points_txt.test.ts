import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import iconv from 'iconv-lite';
import { header, parcel, SQUARE, SQUARE_AREA, txt } from './build_files.ts';
import { codes, expectAreas, problemOf, read } from './expectations.ts';

const example = readFileSync(new URL('../../fixtures/uploads/two_parcels.txt', import.meta.url));
const plain = (...lines: string[]) => txt(...header(), ...lines);
const note = (upload: ReturnType<typeof read>, code: string) =>
  upload.notes.find((entry) => entry.code === code);

describe('boundary points: the full example of domain facts §3', () => {
  it('two parcels, one with a hole, official areas', () => {
    const upload = read(example);
    expect(upload.format).to.equal('txt');
    const name = { zh: 'CGCS2000 3 度带 38 带', en: 'CGCS2000 / 3-degree Gauss-Kruger zone 38' };
    expect(upload.crs).to.deep.include({ id: 'EPSG:4526', name });
    expectAreas(upload, [10622.8361, 3629.5746]);
    expect(upload.notes).to.deep.equal([]);
    const [first] = upload.features;
    expect(first!.geometry.type).to.equal('Polygon');
    expect(first!.geometry.coordinates.map((ring: unknown[]) => ring.length)).to.deep.equal([5, 5]);
    expect(first!.geometry.coordinates[0][0][0]).to.be.closeTo(113.240099992, 2e-9);
    expect(first!.properties).to.deep.include({ name: '示例地块一', stated_area_m2: 10623 });
    expect(first!.properties.attributes).to.deep.equal({
      number: '1',
      name: '示例地块一',
      sheet: 'I49G019084',
      use: '农村宅基地',
      land_class: '0702',
    });
  });
});

describe('boundary points: how files are written', () => {
  const text = example.toString('utf8');
  const same: [string, Buffer][] = [
    ['GBK', iconv.encode(text, 'gbk')],
    ['GB18030', iconv.encode(text, 'gb18030')],
    ['UTF-8 with a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), example])],
    ['UTF-16 with a byte order mark', iconv.encode(text, 'utf16le', { addBOM: true })],
    ['CRLF', Buffer.from(text.replace(/\n/g, '\r\n'))],
    ['CR', Buffer.from(text.replace(/\n/g, '\r'))],
    [
      'full-width punctuation',
      Buffer.from(text.replace(/,/g, '，').replace(/=/g, '＝').replace(/\[/g, '【').replace(/]/g, '】')),
    ],
    ['full-width digits', Buffer.from(text.replace(/3898821\.080/g, '３８９８８２１．０８０'))],
    [
      'tabs between the values of points',
      Buffer.from(text.replace(/^(J\d),(\d),/gm, '$1\t$2\t').replace(/\t(\d+\.\d+),/g, '\t$1\t')),
    ],
    ['spaces around values', Buffer.from(text.replace(/,/g, ' , '))],
    ['blank lines', Buffer.from(text.replace(/\n/g, '\n\n'))],
    ['no header', Buffer.from(text.slice(text.indexOf('[地块坐标]')))],
    ['neither header nor section title', Buffer.from(text.slice(text.indexOf('10,1.0623')))],
    ['no @ at the end of parcel lines', Buffer.from(text.replace(/,@/g, ''))],
    [
      'the area with its unit',
      Buffer.from(text.replace('1.0623', '1.0623公顷').replace('0.3630', '5.445亩')),
    ],
    [
      'no closing points',
      Buffer.from(
        text.replace(/(\nJ[14],\d,[^\n]*\n)J[15],\d[^\n]*/g, '$1').replace(/(J8[^\n]*\n)J5[^\n]*/, '$1'),
      ),
    ],
  ];
  for (const [name, bytes] of same) {
    it(name, () => {
      const upload = read(bytes);
      expectAreas(upload, [10622.8361, 3629.5746]);
      expect(upload.features[0]!.properties.name).to.equal('示例地块一');
      expect(codes(upload, 'error')).to.deep.equal([]);
    });
  }
  it('only points, no parcel line', () => expectAreas(read(SQUARE.join('\n')), [SQUARE_AREA]));
  it('a parcel line of 8 values', () => {
    expectAreas(read(plain('5,0.3630,1,地块一,面,,设施农用地,@', ...SQUARE)), [SQUARE_AREA]);
  });
  it('a parcel line of 12 values', () => {
    const upload = read(plain('5,0.3630,1,地块一,面,,设施农用地,1202,a,b,,c,@', ...SQUARE));
    expect(upload.features[0]!.properties.attributes).to.include({
      extra_1: 'a',
      extra_2: 'b',
      extra_4: 'c',
    });
  });
  it('an empty parcel line', () => expectAreas(read(plain(',,,,,,,,@', ...SQUARE)), [SQUARE_AREA]));
});

describe('boundary points: rings', () => {
  const ring = (key: number, x: number, y: number, size: number, name = 'J') =>
    [
      [0, 0],
      [0, 1],
      [-1, 1],
      [-1, 0],
      [0, 0],
    ].map(
      ([dx, dy], i) =>
        `${name}${key}${i % 4},${key},${3898960 + dx! * size},${38431000 + y + dy! * size + x}`,
    );
  it('a second ring apart is a second part', () => {
    const upload = read(plain(parcel('两块', '', ''), ...ring(1, 0, 0, 60), ...ring(2, 0, 100, 60)));
    expect(upload.features[0]!.geometry.type).to.equal('MultiPolygon');
    expect(codes(upload)).to.deep.equal(['parts_from_rings']);
  });
  it('the outer ring may come second', () => {
    const inner = ring(1, 0, 20, 20).map((line) =>
      line.replace(/38989(60|40)/, (_, v) => `38989${Number(v) - 20}`),
    );
    const upload = read(plain(parcel('环', '', ''), ...inner, ...ring(2, 0, 0, 60)));
    expectAreas(upload, [3200 * 0.99983], 1);
    expect(upload.features[0]!.geometry.type).to.equal('Polygon');
  });
  it('a closing point with the right name and wrong coordinates does not fail the parcel', () => {
    const upload = read(plain(parcel(), ...SQUARE.slice(0, 4), 'J1,1,3898960.500,3898960.500'));
    expectAreas(upload, [SQUARE_AREA]);
    expect(note(upload, 'closing_point_differs')).to.deep.include({ severity: 'warning' });
    expect(note(upload, 'closing_point_differs')!.where).to.include({ point: 'J1' });
  });
  it('duplicates below 1 mm are dropped with a note, at 1 mm kept', () => {
    const upload = read(plain(parcel(), SQUARE[0]!, 'J1a,1,3898960.5004,38431000.0004', ...SQUARE.slice(1)));
    expectAreas(upload, [SQUARE_AREA], 0.05);
    expect(upload.features[0]!.geometry.coordinates[0]).to.have.length(5);
    expect(codes(upload)).to.include('duplicate_points_dropped');
    const kept = read(plain(parcel(), SQUARE[0]!, 'J1a,1,3898960.5,38431000.002', ...SQUARE.slice(1)));
    expect(kept.features[0]!.geometry.coordinates[0]).to.have.length(6);
  });
  it('a wrong point count is a warning', () => {
    const upload = read(plain(parcel('地块一', '0.3630', '7'), ...SQUARE));
    expect(codes(upload)).to.deep.equal(['point_count_differs']);
    expect(codes(read(plain(parcel('地块一', '0.3630', '4'), ...SQUARE)))).to.deep.equal([]);
  });
});

describe('boundary points: stated areas', () => {
  it('off by 1 % is a warning with both numbers', () => {
    const upload = read(plain(parcel('地块一', '0.3666'), ...SQUARE));
    expect(codes(upload, 'warning')).to.deep.equal(['stated_area_differs']);
    expect(note(upload, 'stated_area_differs')!.message.en).to.include('3666.00').and.to.include('3629.57');
  });
  it('the area of the plane is recognised as such', () => {
    const far = SQUARE.map((line) => line.replace(/38431(\d)/, '38361$1').replace(/38989(00)/, '38983$1'));
    const upload = read(plain(parcel('地块一', `${(60 * 660.5) / 10000}`), ...far));
    expect(codes(upload)).to.deep.equal(['stated_area_plane']);
  });
});

describe('boundary points: not one of them can be read', () => {
  const broken = SQUARE.map((line) => line.split(',').slice(0, 3).join(','));
  it('names the first line that is at fault, and how it should be', () => {
    const before = plain(parcel()).toString().trimEnd().split(/\r?\n/).length;
    const problem = problemOf(plain(parcel(), ...broken));
    expect(problem.code).to.equal('file_no_shapes');
    expect(problem.where).to.include({ line: before + 1 });
    expect(problem.params.reason_zh).to.include(`第 ${before + 1} 行`);
    expect(problem.params.reason_en).to.include(`Line ${before + 1}`);
  });
  it('says so where there is nothing to name', () => {
    const problem = problemOf(plain(parcel()));
    expect(problem.code).to.equal('file_no_shapes');
    expect(problem.params.reason_zh).to.include('没有坐标点');
  });
});

describe('boundary points: columns and zones', () => {
  const swapped = SQUARE.map((line) => line.replace(/,(\d+\.\d+),(\d+\.\d+)$/, ',$2,$1'));
  const bare = SQUARE.map((line) => line.replace(',3843', ',43'));
  it('easting first is read so, with a warning', () => {
    const upload = read(plain(parcel(), ...swapped));
    expectAreas(upload, [SQUARE_AREA]);
    expect(codes(upload, 'warning')).to.deep.equal(['columns_swapped']);
  });
  it('one swapped point among right ones is an error of its parcel', () => {
    const upload = problemOf(plain(parcel(), ...SQUARE.slice(0, 2), swapped[2]!, ...SQUARE.slice(3)));
    expect(upload.code).to.equal('file_no_shapes');
    expect(upload.where).to.include({ point: 'J3' });
    expect(upload.params.reason_en).to.include('J3').and.to.include('wrong order');
  });
  it('without the zone number the header decides', () => {
    const upload = read(plain(parcel(), ...bare));
    expect(upload.crs.id).to.equal('EPSG:4547');
    expectAreas(upload, [SQUARE_AREA]);
  });
  it('or the user', () => {
    expect(read(txt(parcel(), ...bare), { crs: 'EPSG:4547' }).crs.id).to.equal('EPSG:4547');
  });
  const refused: [string, string, Buffer, string?][] = [
    ['nobody says the zone', 'crs_ambiguous', txt(parcel(), ...bare)],
    ['header and easting disagree', 'crs_contradiction', txt(...header({ 带号: '37' }), parcel(), ...SQUARE)],
    [
      'width and easting disagree',
      'crs_contradiction',
      txt(...header({ 几度分带: '6', 带号: null }), parcel(), ...SQUARE),
    ],
    ['user and easting disagree', 'crs_contradiction', plain(parcel(), ...SQUARE), 'EPSG:4525'],
    ["Xi'an 1980", 'crs_datum_refused', txt(...header({ 坐标系: '1980西安坐标系' }), parcel(), ...SQUARE)],
    ['80坐标系', 'crs_datum_refused', txt(...header({ 坐标系: '80国家坐标系' }), parcel(), ...SQUARE)],
    ['Beijing 1954', 'crs_datum_refused', txt(...header({ 坐标系: '1954北京坐标系' }), parcel(), ...SQUARE)],
    ['a local system', 'crs_unknown', txt(...header({ 坐标系: '2000独立坐标系' }), parcel(), ...SQUARE)],
    ['another projection', 'crs_unknown', txt(...header({ 投影类型: 'UTM' }), parcel(), ...SQUARE)],
    ['4° zones', 'crs_unknown', txt(...header({ 几度分带: '4' }), parcel(), ...SQUARE)],
  ];
  for (const [name, code, bytes, crs] of refused) {
    it(`${name}: ${code}`, () => expect(problemOf(bytes, crs ? { crs } : {}).code).to.equal(code));
  }
  it('says that the datum was not stated and that parameters were not used', () => {
    const upload = read(txt(...header({ 坐标系: null, 转换参数: '1,0,0,0,0,0,0' }), parcel(), ...SQUARE));
    expect(codes(upload, 'warning')).to.deep.equal(['datum_not_stated', 'ignored_parameters']);
  });
  it('warns of a parcel far outside its zone', () => {
    const far = SQUARE.map((line) => line.replace(',3843', ',3883'));
    expect(codes(read(plain(parcel('地块一', ''), ...far)))).to.include('outside_zone');
  });
});

describe('boundary points: a bad parcel does not lose the others', () => {
  const bowTie = [SQUARE[0]!, SQUARE[2]!, SQUARE[1]!, SQUARE[3]!, SQUARE[4]!];
  const bad: [string, string, string[], object][] = [
    [
      'self-intersection, with J numbers',
      'self_intersection',
      bowTie,
      { feature: '坏', line: 14, ring: 1, point: 'J2' },
    ],
    ['too few points', 'too_few_points', SQUARE.slice(0, 2), { feature: '坏' }],
    ['no points', 'geometry_empty', [], { feature: '坏' }],
    [
      'a line that is none',
      'line_unreadable',
      [...SQUARE.slice(0, 2), 'J3,1,abc,38431060', ...SQUARE.slice(3)],
      { line: 14 },
    ],
    [
      'hexadecimal',
      'line_unreadable',
      [...SQUARE.slice(0, 2), 'J3,1,0x3B7DF4,38431060', ...SQUARE.slice(3)],
      { line: 14 },
    ],
    [
      '1e400',
      'coordinate_not_finite',
      [...SQUARE.slice(0, 2), 'J3,1,1e400,38431060', ...SQUARE.slice(3)],
      { point: 'J3' },
    ],
  ];
  for (const [name, code, lines, where] of bad) {
    it(`${name}: ${code}`, () => {
      const upload = read(plain(parcel('坏', ''), ...lines, parcel('好'), ...SQUARE));
      expect(upload.features.map((feature) => feature.properties.name)).to.deep.equal(['好']);
      const [error] = upload.notes.filter((entry) => entry.severity === 'error');
      expect(error!.code).to.equal(code);
      expect(error!.where).to.deep.include(where);
      expect(error!.message.zh).to.include('坏');
      if (code === 'line_unreadable') expect(error!.message.zh).to.include(`第 14 行“${lines[2]}”`);
    });
  }
  it('a line of one point', () => {
    const upload = read(plain(parcel('坏', '', '1', '线'), SQUARE[0]!, parcel('好'), ...SQUARE));
    expect(codes(upload, 'error')).to.deep.equal(['geometry_invalid']);
  });
  it('words name both edges', () => {
    const upload = read(plain(parcel('坏', ''), ...bowTie, parcel('好'), ...SQUARE));
    expect(note(upload, 'self_intersection')!.message.en).to.match(/J\d–J\d.*J\d–J\d/);
  });
});

describe('boundary points: 点 and 线', () => {
  it('stay points and lines', () => {
    const upload = read(
      plain(parcel('井', '', '1', '点'), SQUARE[0]!, parcel('渠', '', '3', '线'), ...SQUARE.slice(0, 3)),
    );
    expect(upload.features.map((feature) => feature.geometry.type)).to.deep.equal(['Point', 'LineString']);
    expect(upload.features[1]!.geometry.coordinates).to.have.length(3);
    expect(upload.features[0]!.properties).not.to.have.property('area_m2');
  });
});
