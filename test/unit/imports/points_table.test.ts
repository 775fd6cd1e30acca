import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { readUpload } from '../../../server/imports/read_upload.ts';
import { Problem } from '../../../server/problems.ts';
import { type Cell, SQUARE_AREA, xlsx, zip } from './build_files.ts';
import { codes, expectAreas, problemOf, read } from './expectations.ts';

/** The corners of square A of domain facts §3: X (northing), Y (easting). */
const CORNERS = [
  [3898960.5, 38431000],
  [3898960.5, 38431060],
  [3898900, 38431060],
  [3898900, 38431000],
] as const;
const rows = (cells: (corner: readonly [number, number], i: number) => unknown[], separator = ',') =>
  CORNERS.map((corner, i) => cells(corner, i).join(separator)).join('\n');
const named = rows(([x, y], i) => [`J${i + 1}`, x, y]);
const xy = `点号,X,Y\n${named}`;
const note = (upload: ReturnType<typeof read>, code: string) => upload.notes.find((one) => one.code === code);
/** 113°14′24.36″ is 113.2401, 35°12′57.6″ is 35.216; the other corners are 0.001 degrees away. */
const DEGREES = [
  [113.2401, 35.216],
  [113.2411, 35.216],
  [113.2411, 35.215],
] as const;
const lonLat = (upload: ReturnType<typeof read>) => upload.features[0]!.geometry.coordinates[0].slice(0, 3);
const expectDegrees = (upload: ReturnType<typeof read>) => {
  lonLat(upload).forEach(([lon, lat]: [number, number], i: number) => {
    expect(lon).to.be.closeTo(DEGREES[i]![0], 1e-9);
    expect(lat).to.be.closeTo(DEGREES[i]![1], 1e-9);
  });
};

describe('a table of points: zone coordinates', () => {
  const same: [string, string | Buffer][] = [
    ['comma', xy],
    ['semicolon', xy.replaceAll(',', ';')],
    ['tab', xy.replaceAll(',', '\t')],
    ['blanks', xy.replaceAll(',', '   ')],
    ['full-width comma', xy.replaceAll(',', '，')],
    ['GBK, CRLF', iconv.encode(xy.replaceAll('\n', '\r\n'), 'gbk')],
    ['quotation marks', xy.replaceAll('J1', '"J1, ""甲"""')],
    ['units in the header', xy.replace('X,Y', 'X坐标（m）,Y坐标（m）')],
    [
      '纵坐标 and 横坐标, other columns',
      `序号,备注,横坐标,纵坐标\n${rows(([x, y], i) => [i, '石桩', y, x])}`,
    ],
    ['English', xy.replace('点号,X,Y', 'Point No,Northing,Easting')],
    ['a column that counts before the name', `序号,点号,X,Y\n${rows(([x, y], i) => [i, `J${i}`, x, y])}`],
    ['a title above and a signature below', `某村界址点成果表,,\n${xy}\n制表：某某,,`],
    ['the closing point repeated', `${xy}\nJ1,${CORNERS[0].join(',')}`],
    ['no header', named],
    ['no header, no names', rows((corner) => [...corner])],
    ['no header, points by number', rows(([x, y], i) => [i + 1, x, y])],
    ['full-width digits', xy.replace('3898960.5', '３８９８９６０．５')],
  ];
  for (const [name, text] of same) {
    it(name, () => {
      const upload = read(text);
      expect(upload.format).to.equal('csv');
      expect(upload.crs.id).to.equal('EPSG:4526');
      expectAreas(upload, [SQUARE_AREA]);
      expect(codes(upload, 'error')).to.deep.equal([]);
    });
  }
  it('says that columns were guessed, and in which', () => {
    const guessed = note(read(named), 'columns_guessed')!;
    expect(guessed.severity).to.equal('warning');
    expect(guessed.message.zh).to.include('第 2 栏读作纬度或纵坐标').and.include('第 3 栏读作经度或横坐标');
    expect(codes(read(xy))).not.to.include('columns_guessed');
  });
  it('X and Y the wrong way round are read with a warning', () => {
    const upload = read(`点号,X,Y\n${rows(([x, y], i) => [`J${i + 1}`, y, x])}`);
    expectAreas(upload, [SQUARE_AREA]);
    expect(note(upload, 'columns_swapped_in_table')).to.deep.include({ severity: 'warning' });
  });
  it('without the zone number: refused, or by the words of the table, or by the user', () => {
    const bare = `点号,X,Y\n${rows(([x, y], i) => [`J${i + 1}`, x, y - 38e6])}`;
    expect(problemOf(bare).code).to.equal('crs_ambiguous');
    for (const words of ['中央子午线114°', '3度带，带号：38']) {
      const upload = read(`成果表（${words}）,,\n${bare}`);
      expectAreas(upload, [SQUARE_AREA]);
      expect(upload.crs.id).to.equal('EPSG:4547');
    }
    expectAreas(read(bare, { crs: 'EPSG:4547' }), [SQUARE_AREA]);
  });
  it('words that contradict the zone number are refused', () => {
    expect(problemOf(`成果表（中央子午线111°）,,\n${xy}`).code).to.equal('crs_contradiction');
    expect(problemOf(xy, { crs: 'EPSG:4527' }).code).to.equal('crs_contradiction');
    expect(problemOf(xy, { datum: 'gcj02' }).code).to.equal('crs_contradiction');
  });
  for (const words of [
    '西安80坐标系',
    '1980西安坐标系',
    '北京54',
    '1954年北京坐标系',
    '国家80',
    'Xian 1980',
    '坐标系：80西安',
  ]) {
    it(`${words} is refused`, () =>
      expect(problemOf(`${words},,\n${xy}`).code).to.equal('crs_datum_refused'));
  }
  it('an address in 北京 or 西安 is not a datum', () => {
    for (const words of ['北京市密云区', '西安市鄠邑区', '第80号'])
      expectAreas(read(`${words},,\n${xy}`), [SQUARE_AREA]);
  });
});

describe('a table of points: degrees', () => {
  const dms = [
    ['113°14\'24.36"', '35°12\'57.6"'],
    ['113°14\'27.96"', '35°12\'57.6"'],
    ['113°14\'27.96"', '35°12\'54"'],
  ];
  const all = (separator: string, change = (text: string) => text, latFirst = false) =>
    dms.map((pair) => (latFirst ? [...pair].reverse() : pair).map(change).join(separator)).join('\n');
  const same: [string, string][] = [
    ['decimal', DEGREES.map((pair) => pair.join(',')).join('\n')],
    ['decimal, latitude first', DEGREES.map(([lon, lat]) => `${lat} ${lon}`).join('\n')],
    ['decimal in one line', DEGREES.map((pair) => pair.join(',')).join(';')],
    ['with marks', all(',')],
    ['between blanks', all(' ')],
    ['primes', all(',', (text) => text.replace("'", '′').replace('"', '″'))],
    ['two single quotes', all(',', (text) => text.replace('"', "''"))],
    ['度分秒', all(' ', (text) => text.replace('°', '度').replace("'", '分').replace('"', '秒'))],
    ['blanks inside', all('\t', (text) => text.replace(/[°']/g, '$& '))],
    ['blanks everywhere', all('  ', (text) => text.replace(/[°']/g, '$& '))],
    ['only blanks', all(' ', (text) => text.replace(/[°']/g, ' ').replace('"', ''))],
    [
      'only blanks, named',
      all(' ', (text) => text.replace(/[°']/g, ' ').replace('"', '')).replace(/^/gm, 'J1 '),
    ],
    [
      'only commas, as the text box sends them',
      all(',', (text) => text.replace(/[°']/g, ',').replace('"', '')),
    ],
    ['colons', all(',', (text) => text.replace(/[°']/g, ':').replace('"', ''))],
    ['N and E', all(' ', (text) => text + (text.startsWith('1') ? 'E' : 'N'))],
    ['N and E apart', all(', ', (text) => `${text} ${text.startsWith('1') ? 'E' : 'N'}`, true)],
    ['北纬 and 东经', all('，', (text) => (text.startsWith('1') ? '东经' : '北纬') + text, true)],
    ['named columns', `经度,纬度\n${all(',')}`],
    ['named columns, latitude first', `Lat;Lon\n${all(';', undefined, true)}`],
    ['named columns the wrong way round', `纬度,经度\n${all(',')}`],
    [
      'ddd.mmss where the header says so',
      '经度(ddd.mmss),纬度(ddd.mmss)\n113.142436,35.12576\n113.142796,35.12576\n113.142796,35.1254',
    ],
  ];
  for (const [name, text] of same) it(name, () => expectDegrees(read(text)));

  it('ddd.mmss is never assumed', () => {
    const [lon, lat] = lonLat(
      read('经度,纬度\n113.142436,35.12576\n113.142796,35.12576\n113.142796,35.1254'),
    )[0];
    expect([lon, lat]).to.deep.equal([113.142436, 35.12576]);
  });
  it('says what is not stated, and asks nothing where it is', () => {
    const text = DEGREES.map((pair) => pair.join(',')).join('\n');
    expect(codes(read(text))).to.include('datum_not_stated');
    expect(codes(read(text, { datum: 'cgcs2000' }))).not.to.include('datum_not_stated');
    expect(read(text, { datum: 'wgs84' }).crs.id).to.equal('EPSG:4326');
  });
  it('GCJ-02 by the words of the table, or by the user, is converted', () => {
    const text = DEGREES.map((pair) => pair.join(',')).join('\n');
    const byWords = read(`坐标来自火星坐标,\n经度,纬度\n${text}`);
    const byUser = read(text, { datum: 'gcj02' });
    expect(lonLat(byWords)).to.deep.equal(lonLat(byUser));
    expect(codes(byWords)).to.include('gcj02_converted');
    expect(Math.abs(lonLat(byUser)[0][0] - 113.2401) * 91_000).to.be.within(300, 800);
    expect(problemOf(`坐标来自火星坐标,\n经度,纬度\n${text}`, { datum: 'cgcs2000' }).code).to.equal(
      'crs_contradiction',
    );
  });
  it('one point is a point', () => {
    const [feature] = read('113.2401 35.216').features;
    expect(feature!.geometry).to.deep.equal({ type: 'Point', coordinates: [113.2401, 35.216] });
  });
});

describe('a table of points: parcels and rings', () => {
  const shifted = (by: number) => rows(([x, y], i) => ['乙', `J${i + 1}`, x + by, y]);
  it('by the column 地块, also where only its first row has a value', () => {
    const text = `地块,点号,X,Y\n甲${rows(([x, y], i) => ['', `J${i + 1}`, x, y])}\n${shifted(100)}`;
    const upload = read(text);
    expectAreas(upload, [SQUARE_AREA, SQUARE_AREA], 1e-3);
    expect(upload.features.map((feature) => feature.properties.name)).to.deep.equal(['甲', '乙']);
    expect(note(upload, 'parcel_filled_down')!.message.en).to.include('3 rows');
  });
  it('by the column 圈号: a ring inside is a hole', () => {
    const hole = ['3898950,38431010', '3898950,38431050', '3898910,38431050', '3898910,38431010'];
    const text = `点号,圈号,X,Y\n${rows(([x, y], i) => [`J${i + 1}`, 1, x, y])}\n${hole.map((p, i) => `J${i + 5},2,${p}`).join('\n')}`;
    const upload = read(text);
    expect(upload.features[0]!.geometry.coordinates).to.have.length(2);
    // in the plane of the zone the hole has 40 m × 40 m; the ellipsoid takes its 117 millionths
    expect(upload.features[0]!.properties.area_m2).to.be.closeTo(
      SQUARE_AREA - 1600 * (SQUARE_AREA / 3630),
      0.01,
    );
  });
  it('by a further header', () => {
    const upload = read(
      `地块一,,\n${xy}\n地块二,,\n点号,X,Y\n${rows(([x, y], i) => [`J${i + 1}`, x + 100, y])}`,
    );
    expectAreas(upload, [SQUARE_AREA, SQUARE_AREA], 1e-3);
    expect(note(upload, 'line_ignored')!.where).to.include({ line: 7 });
  });
  it('a parcel whose points stand apart is refused', () => {
    const text = `地块,点号,X,Y\n${shifted(0)}\n甲,J1,3899100,38431000\n${shifted(100)}`;
    expect(codes(read(text), 'error')).to.deep.equal(['line_unreadable']);
  });
});

describe('a table of points: what is wrong, with its line', () => {
  const lines = xy.split('\n');
  const replaced = (at: number, line: string) => lines.map((one, i) => (i === at ? line : one)).join('\n');
  const bad: [string, string, string, number | undefined][] = [
    ['the first corner is no number', replaced(1, 'J1,389x,38431000'), 'file_unreadable', 2],
    ['the last corner is no number', replaced(4, 'J4,3898900,?8'), 'file_unreadable', 5],
    ['a corner without its easting', replaced(4, 'J4,3898900,'), 'file_unreadable', 5],
    ['words between the corners', replaced(2, '此处为界桩'), 'file_unreadable', 3],
    ['thousands separators', replaced(3, 'J3,"3,898,900",38431060'), 'file_unreadable', 4],
    ['minutes of 60', `经度,纬度\n113°60'0",35.2\n113.1,35.2\n113.1,35.3\n113.2,35.3`, 'file_unreadable', 2],
    [
      'north where east belongs',
      '经度,纬度\n113.1,35.1\n35.1E,113.1N\n113.2,35.2\n113.2,35.1',
      'file_unreadable',
      3,
    ],
    [
      'one row the other way round',
      '113.1,35.1\n113.1,35.2\n35.2,113.2\n113.2,35.1',
      'coordinates_swapped',
      3,
    ],
    ['a bow-tie', [lines[0], lines[1], lines[3], lines[2], lines[4]].join('\n'), 'self_intersection', 4],
    ['two corners', lines.slice(0, 3).join('\n'), 'too_few_points', 2],
    ['another country', '10.1,50.1\n10.1,50.2\n10.2,50.2', 'file_format_unknown', undefined],
  ];
  for (const [name, text, code, line] of bad) {
    it(`${name}: ${code}`, () => {
      const problem = problemOf(text);
      const words = problem.code === 'file_no_shapes' ? String(problem.params.reason_zh) : problem.code;
      expect(problem.code).to.be.oneOf(['file_no_shapes', code]);
      expect(words).not.to.equal('');
      expect(problem.where?.line).to.equal(line);
    });
  }
  it('columns that might be either are refused', () => {
    const heights = DEGREES.map((pair) => `${pair.join(',')},95.3`).join('\n');
    expect(problemOf(heights).code).to.equal('columns_unknown');
    expectDegrees(read(`经度,纬度,高程\n${heights}`));
  });
  const hostile: [string, string, string][] = [
    ['5 MB in a line', '113.1,35.2,'.repeat(500_000), 'file_no_shapes'],
    ['5 MB in a line below a header', `X,Y\n${'113.1,35.2,'.repeat(500_000)}`, 'file_unreadable'],
    ['5 MB in a line of points', '113.1,35.2;'.repeat(500_000), 'too_many_vertices'],
    ['5 MB of digits', '1'.repeat(5e6), 'file_unreadable'],
    ['5 MB of quotation marks', `经度,纬度\n${'"'.repeat(5e6)}`, 'file_unreadable'],
    ['1,000,000 rows', `X,Y\n${'1,2\n'.repeat(1e6)}`, 'too_many_vertices'],
    [
      '6,000 parcels',
      `地块,X,Y\n${Array.from({ length: 6000 }, (_, i) => `${i},1,2`).join('\n')}`,
      'too_many_features',
    ],
    ['300 lines of words', `${xy}\n${'备注\n'.repeat(300)}`, 'file_unreadable'],
  ];
  for (const [name, text, code] of hostile) {
    it(`${name}: ${code}`, () => expect(problemOf(text).code).to.equal(code));
  }
});

describe('a workbook', () => {
  const header: Cell[] = ['点号', 'X', 'Y'];
  const body: Cell[][] = CORNERS.map(([x, y], i) => [`J${i + 1}`, x, y]);
  const book = (sheet: Cell[][], more?: Record<string, string>) => xlsx({ Sheet1: sheet }, more);

  it('written by ExcelJS: title, merged parcels, rich text, a number as text, a formula, an empty sheet before', () => {
    const upload = read(readFileSync(new URL('../../fixtures/uploads/two_parcels.xlsx', import.meta.url)));
    expect(upload.format).to.equal('xlsx');
    expectAreas(upload, [SQUARE_AREA, SQUARE_AREA], 1e-3);
    expect(upload.features.map((feature) => feature.properties.name)).to.deep.equal([
      '示例地块二',
      '示例地块三',
    ]);
    expect(codes(upload)).to.include.members(['sheet_used', 'parcel_filled_down', 'line_ignored']);
    expect(codes(upload)).not.to.include('datum_not_stated');
  });
  it('reads what a CSV of the same rows holds', () => {
    const [feature] = read(book([header, ...body])).features;
    expect(feature!.geometry).to.deep.equal(read(xy).features[0]!.geometry);
  });
  it('numbers as text, inline strings, cells and rows without references', () => {
    const inline = (text: string): Cell => ({ type: 'inlineStr', inside: `<is><t>${text}</t></is>` });
    expectAreas(read(book([header, ...body.map(([n, x, y]) => [n!, inline(String(x)), String(y)])])), [
      SQUARE_AREA,
    ]);
    const rowsOf = CORNERS.map(([x, y]) => `<row><c><v>${x}</v></c><c><v>${y}</v></c></row>`).join('');
    const bare = book([], {
      'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rowsOf}</sheetData></worksheet>`,
    });
    expectAreas(read(bare), [SQUARE_AREA]);
  });
  it('an exponent and full precision', () => {
    const cells = body.map(([n, x, y]) => [n!, { type: 'n', inside: `<v>${Number(x) / 1e6}E6</v>` }, y!]);
    expectAreas(read(book([header, ...cells])), [SQUARE_AREA], 1e-3);
  });
  const notValues: [string, Cell][] = [
    ['a formula without a value', { type: 'n', inside: '<f>A1+1</f>' }],
    ['an error', { type: 'e', inside: '<v>#N/A</v>' }],
    ['a string that is not there', { type: 's', inside: '<v>999</v>' }],
  ];
  for (const [name, cell] of notValues) {
    it(`${name} is no corner left out`, () => {
      for (const at of [0, 3]) {
        const sheet = [header, ...body.map((row, i) => (i === at ? [row[0]!, cell, row[2]!] : row))];
        expect(problemOf(book(sheet)).where).to.include({ line: at + 2 });
      }
    });
  }
  it('a hidden sheet is not read', () => {
    const hidden = xlsx({ a: [header, ...body], b: [['备注']] }, {});
    expect(read(hidden).features).to.have.length(1);
    const workbook =
      '<workbook xmlns:r="r"><sheets><sheet name="a" state="hidden" r:id="rId1"/><sheet name="b" r:id="rId2"/></sheets></workbook>';
    const book = xlsx({ a: [header, ...body], b: [['备注']] }, { 'xl/workbook.xml': workbook });
    expect(problemOf(book).code).to.equal('columns_unknown');
  });
  const million = `<worksheet><sheetData>${'<row><c><v>1</v></c></row>'.repeat(1e6)}</sheetData></worksheet>`;
  const hostile: [string, () => Buffer, string][] = [
    ['1,000,000 rows', () => book([], { 'xl/worksheets/sheet1.xml': million }), 'file_too_complex'],
    ['a sheet of 70 MB', () => book([], { 'xl/worksheets/sheet1.xml': ' '.repeat(70e6) }), 'archive_limits'],
    [
      'an entity in a sheet',
      () => book([], { 'xl/worksheets/sheet1.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }),
      'xml_unsafe',
    ],
    [
      'an entity in the strings',
      () => book([], { 'xl/sharedStrings.xml': '<!DOCTYPE a><a/>' }),
      'xml_unsafe',
    ],
    [
      'a sheet that is not there',
      () =>
        book([header], { 'xl/_rels/workbook.xml.rels': '<a><Relationship Id="rId1" Target="x.xml"/></a>' }),
      'file_unreadable',
    ],
    ['no sheet', () => xlsx({}), 'file_no_shapes'],
    ['empty sheets', () => xlsx({ a: [], b: [[]] }), 'file_no_shapes'],
    ['sheets of words', () => book([['你好', '世界']]), 'columns_unknown'],
    [
      'a workbook that is no XML',
      () => zip({ '[Content_Types].xml': '', 'xl/workbook.xml': '{}' }),
      'file_unreadable',
    ],
    [
      'row 9,999,999,999 and a cell far out',
      () =>
        book([], { 'xl/worksheets/sheet1.xml': '<a><row r="9999999999"><c r="XFD1"><v>1</v></c></row></a>' }),
      'file_no_shapes',
    ],
  ];
  for (const [name, build, code] of hostile) {
    it(`${name}: ${code}`, () => expect(problemOf(build()).code).to.equal(code));
  }
});

describe('tables with random damage', () => {
  const onlyProblems = (bytes: Buffer) => {
    try {
      return readUpload({ name: 'plot', bytes });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return null;
    }
  };
  const pieces = fc.oneof(
    fc.constantFrom(',', ';', '\t', '"', '\n', '°', 'N', 'e', '-', 'NaN', '1e400', '点号', ' '),
    fc.string({ maxLength: 3 }),
  );
  const edits = fc.array(fc.tuple(fc.nat(400), fc.nat(6), pieces), { minLength: 1, maxLength: 5 });
  it('a text ends in features or in a problem', () => {
    const originals = fc.constantFrom(
      xy,
      named,
      '113.1,35.2;113.2,35.2;113.2,35.3',
      `地块,点号,X,Y\n${rows(([x, y]) => ['甲', 'J', x, y])}`,
    );
    const run = (text: string, changes: [number, number, string][]) => {
      let changed = text;
      for (const [at, length, piece] of changes) {
        const from = at % changed.length || 0;
        changed = changed.slice(0, from) + piece + changed.slice(from + length);
      }
      onlyProblems(Buffer.from(changed));
    };
    fc.assert(fc.property(originals, edits, run), { numRuns: 1500 });
  });
  it('so do the parts of a workbook', () => {
    const sheet = `<worksheet><sheetData>${CORNERS.map(([x, y], i) => `<row r="${i + 1}"><c r="A${i + 1}"><v>${x}</v></c><c r="B${i + 1}" t="n"><f>1</f><v>${y}</v></c></row>`).join('')}</sheetData></worksheet>`;
    const run = (changes: [number, number, string][]) => {
      let changed = sheet;
      for (const [at, length, piece] of changes)
        changed = changed.slice(0, at) + piece + changed.slice(at + length);
      onlyProblems(xlsx({ a: [] }, { 'xl/worksheets/sheet1.xml': changed }));
    };
    fc.assert(fc.property(edits, run), { numRuns: 500 });
  });
  it('a corner that is spoilt is never left out in silence', () => {
    const spoilt = fc.constantFrom('', 'x', '3898O00', '--', '#REF!', '1e', '38,9', '３８x');
    const run = (at: number, cell: string, column: number) => {
      const body = CORNERS.map(([x, y], i) => {
        const cells = [`J${i + 1}`, String(x), String(y)];
        if (i === at) cells[column] = cell;
        return cells.join(';');
      });
      const upload = onlyProblems(Buffer.from(`点号;X;Y\n${body.join('\n')}`));
      expect(upload).to.equal(null);
    };
    fc.assert(fc.property(fc.nat(3), spoilt, fc.constantFrom(1, 2), run), { numRuns: 300 });
  });
});
