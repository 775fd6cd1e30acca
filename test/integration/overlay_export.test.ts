import { expect } from 'chai';
import ExcelJS from 'exceljs';
import { MAX_PROPOSAL_PARCELS, type OverlayAnswer, type ProblemBody } from '../../server/contract/index.ts';
import { readUpload } from '../../server/imports/read_upload.ts';
import { officialArea } from '../support/official_area.ts';
import { serve } from '../support/serve.ts';
import { cells, polygon } from '../support/test_land.ts';

const HOUSE = polygon(cells(1.5, 0.5, 2.5, 1.2));
const FIELD = polygon(cells(2.6, 0.1, 2.9, 0.4));
const parcels = [
  { name: '一号地块', geometry: HOUSE },
  { name: '二号地块', geometry: FIELD },
];

/** What somebody may call a parcel to have a spreadsheet run it, or to break the file. */
const HOSTILE = [
  '=1+1',
  '+cmd|x',
  '-2',
  '@SUM(A1)',
  '\t=2',
  '"quoted",\r\nline',
  '<b>&amp;</b>',
  '\u0007\uD800bell',
];

type Cell = ExcelJS.CellValue;
const shownIn = (cell: Cell): unknown =>
  cell !== null && typeof cell === 'object' && 'result' in cell ? cell.result : cell;

describe('a proposal as a file', () => {
  let base = '';
  let close: () => Promise<void>;
  before(async () => {
    ({ base, close } = await serve());
  });
  after(() => close());

  const send = (path: string, body: unknown, language = 'zh') =>
    fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': language },
      body: JSON.stringify(body),
    });
  const exported = async (body: object, language?: string): Promise<Buffer> => {
    const response = await send('/api/overlays/export', body, language);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.status, bytes.toString('utf8', 0, 400)).to.equal(200);
    return bytes;
  };
  const workbook = async (body: object, language?: string) => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await exported({ ...body, format: 'xlsx' }, language)) as never);
    return book;
  };
  const overlay = async (geometry: object): Promise<OverlayAnswer> =>
    (await (
      await send('/api/overlays', { geometry, cross: 'affected', activity: 'house' })
    ).json()) as OverlayAnswer;
  const rowsOf = (sheet: ExcelJS.Worksheet): unknown[][] => {
    const rows: unknown[][] = [];
    sheet.eachRow((row) => rows.push((row.values as Cell[]).slice(1).map(shownIn)));
    return rows;
  };

  it('holds the areas of the overlays as numbers, and sums that are formulas with the same value', async () => {
    const book = await workbook({ title: '试', parcels, activity: 'house' });
    expect(book.worksheets.map(({ name }) => name)).to.deep.equal([
      '汇总',
      '地类',
      '冲突',
      '交叉表',
      '界址点',
      '说明',
    ]);
    const answers = [await overlay(HOUSE), await overlay(FIELD)];
    const summary = rowsOf(book.getWorksheet('汇总')!);
    for (const [i, { name, geometry }] of parcels.entries()) {
      const row = summary.find((each) => each[1] === name)!;
      expect(row[2]).to.equal(answers[i]!.area_m2);
      expect(row[2]).to.be.closeTo(officialArea([geometry.coordinates[0] as [number, number][]]), 0.006);
      expect(row[6]).to.equal(answers[i]!.verdict!.headline);
    }
    const totals = new Map<string, ExcelJS.CellFormulaValue[]>();
    for (const name of ['汇总', '地类', '交叉表'])
      book.getWorksheet(name)!.eachRow((row) => {
        const formulas = (row.values as Cell[]).filter(
          (cell): cell is ExcelJS.CellFormulaValue =>
            cell !== null && typeof cell === 'object' && 'formula' in cell && cell.formula.startsWith('SUM('),
        );
        if (formulas.length > 0) totals.set(`${name} ${row.number}`, formulas);
        for (const { formula, result } of formulas) {
          const [, column, from, to] = /^SUM\(([A-Z]+)(\d+):[A-Z]+(\d+)\)$/.exec(formula)!;
          let sum = 0;
          for (let at = Number(from); at <= Number(to); at++)
            sum += book.getWorksheet(name)!.getCell(`${column}${at}`).value as number;
          expect(result, `${name} ${formula}`).to.be.closeTo(sum, 1e-6);
          expect(Number.isFinite(result as number)).to.equal(true);
        }
      });
    expect(totals.size).to.be.greaterThan(2);
    const whole = answers[0]!.area_m2 + answers[1]!.area_m2;
    const land = rowsOf(book.getWorksheet('地类')!);
    expect(land.at(-1)![0]).to.equal('合计');
    expect(land.at(-1)![2]).to.be.closeTo(whole, 1e-6);
    // the field lies outside of every zone: its land is counted in the cross table all the same
    const cross = rowsOf(book.getWorksheet('交叉表')!);
    expect(cross.at(-1)![8]).to.be.closeTo(whole, 1e-6);
    expect(cross.filter((row) => row[1] === '二号地块').map((row) => row[4])).to.deep.equal([
      '不在“永久基本农田”内',
    ]);
    const conflicts = rowsOf(book.getWorksheet('冲突')!);
    expect(conflicts[1]!.slice(0, 5)).to.deep.equal([
      '可能踩线',
      '永久基本农田',
      'pbf',
      '永久基本农田',
      '一号地块',
    ]);
    expect(conflicts[1]![5]).to.be.closeTo(officialArea([cells(1.5, 0.5, 2, 1.2)]), 0.006);
    expect(String(conflicts[1]![9])).to.match(/条/);
    const notes = rowsOf(book.getWorksheet('说明')!);
    const answer = notes.find((row) => row[0] === '一号地块' && row[1] === '自然保护地')!;
    expect(answer[2]).to.equal('没有数据');
  });

  it('counts the share of the parcel itself, where another has the same name', async () => {
    const same = [parcels[0]!, { name: '一号地块', geometry: polygon(cells(1.9, 0.5, 1.91, 0.51)) }];
    const conflicts = rowsOf((await workbook({ parcels: same })).getWorksheet('冲突')!).slice(1);
    const shares = conflicts.filter((row) => row[2] === 'pbf').map((row) => row[7] as number);
    expect(shares).to.have.length(2);
    const [half, whole] = shares.sort();
    expect(half).to.be.closeTo(
      officialArea([cells(1.5, 0.5, 2, 1.2)]) / officialArea([cells(1.5, 0.5, 2.5, 1.2)]),
      1e-4,
    );
    expect(whole).to.equal(1);
  });

  it('holds boundary points that the upload takes back, without asking for the zone', async () => {
    const rows = rowsOf((await workbook({ parcels: [parcels[0]!] })).getWorksheet('界址点')!).slice(1);
    const lines = rows
      .filter((row) => /^J\d+$/.test(String(row[3])))
      .map((row) => `${row[3]},1,${row[4]},${row[5]}`);
    expect(lines).to.have.length(4);
    const text = `[地块坐标]\n4,,1,一号地块,面,,,,@\n${[...lines, lines[0]].join('\n')}\n`;
    const { features, crs } = readUpload({ name: 'points.txt', bytes: Buffer.from(text) });
    expect(crs.id).to.equal('EPSG:4526');
    expect(features[0]!.properties.area_m2).to.be.closeTo(officialArea([cells(1.5, 0.5, 2.5, 1.2)]), 0.5);
  });

  it('says which parcels overlap, by how much', async () => {
    const both = [
      parcels[0]!,
      { name: '压着一号', geometry: polygon(cells(2.4, 0.5, 2.6, 1.2)) },
      parcels[1]!,
    ];
    const file = JSON.parse((await exported({ parcels: both, format: 'geojson' })).toString());
    expect(file.cunma.overlaps).to.have.length(1);
    expect(file.cunma.overlaps[0].parcels).to.deep.equal([1, 2]);
    expect(file.cunma.overlaps[0].area_m2).to.be.closeTo(officialArea([cells(2.4, 0.5, 2.5, 1.2)]), 0.006);
    const summary = rowsOf((await workbook({ parcels: both })).getWorksheet('汇总')!);
    expect(summary.some((row) => row[0] === '一号地块' && row[1] === '压着一号')).to.equal(true);
  });

  it('is GeoJSON by RFC 7946, with the datum in a foreign member', async () => {
    const clockwise = polygon([...cells(1.9, 0.2, 2.1, 0.3)].reverse());
    const file = JSON.parse(
      (await exported({ parcels: [{ name: 'a', geometry: clockwise }], format: 'geojson' })).toString(),
    );
    expect(file).not.to.have.property('crs');
    expect(file.cunma.crs).to.equal('EPSG:4490');
    const [ring] = file.features[0].geometry.coordinates[0];
    expect(ring).to.deep.equal(cells(1.9, 0.2, 2.1, 0.3));
    expect(
      file.features[0].properties.layers.find((l: { layer: string }) => l.layer === 'nature_reserve').status,
    ).to.equal('no_data');
  });

  it('is CSV that a spreadsheet opens as UTF-8 and runs nothing of', async () => {
    const hostile = HOSTILE.map((name) => ({ name, geometry: HOUSE }));
    const text = (await exported({ title: '=1', parcels: hostile, format: 'csv' })).toString();
    expect(text.startsWith('\uFEFF"表"')).to.equal(true);
    for (const [, cell] of text.matchAll(/"((?:[^"]|"")*)"/g))
      expect(cell, JSON.stringify(cell)).not.to.match(/^[\s]*[=+\-@]/);
    expect(text).to.include('"\'=1+1"').and.include('"\'@SUM(A1)"');
  });

  it('is a workbook in which hostile names are texts', async () => {
    const hostile = HOSTILE.map((name) => ({ name, geometry: FIELD }));
    const summary = (await workbook({ title: '=HYPERLINK("x")', parcels: hostile })).getWorksheet('汇总')!;
    expect(summary.getCell('A1').type).to.equal(ExcelJS.ValueType.String);
    const names: string[] = [];
    summary.eachRow((row) => {
      if (/^\d+$/.test(String(row.getCell(1).value)) && row.getCell(6).value === '')
        names.push(String(row.getCell(2).value));
      expect(row.getCell(2).type, String(row.getCell(2).value)).not.to.equal(ExcelJS.ValueType.Formula);
    });
    expect(names).to.deep.equal([
      '=1+1',
      '+cmd|x',
      '-2',
      '@SUM(A1)',
      '=2',
      '"quoted", line',
      '<b>&amp;</b>',
      'bell',
    ]);
  });

  it('speaks English where English is asked for', async () => {
    const book = await workbook({ parcels: [{ geometry: HOUSE }], activity: 'house' }, 'en');
    expect(book.worksheets[0]!.name).to.equal('Summary');
    const han = rowsOf(book.getWorksheet('Conflicts')!)
      .flatMap((row) => row.slice(0, 12))
      .filter((cell) => /\p{Script=Han}/u.test(String(cell)));
    expect(han).to.deep.equal([]);
    expect(rowsOf(book.getWorksheet('Summary')!).some((row) => row[1] === 'Parcel 1')).to.equal(true);
  });

  it('computes for the day that is asked about', async () => {
    const file = JSON.parse((await exported({ parcels, as_of: '2020-01-01', format: 'geojson' })).toString());
    expect(file.cunma.as_of).to.equal('2020-01-01');
    // the test land is in force from the end of 2024
    for (const { status } of file.features[0].properties.layers) expect(status).to.equal('no_data');
  });

  it('refuses none, too many, unknown formats, details of another activity; names the faulty parcel', async () => {
    const refused = async (body: object) =>
      (await (await send('/api/overlays/export', body)).json()) as ProblemBody;
    expect((await refused({ parcels: [], format: 'csv' })).code).to.equal('invalid_request');
    const many = Array.from({ length: MAX_PROPOSAL_PARCELS + 1 }, () => parcels[1]!);
    expect((await refused({ parcels: many, format: 'csv' })).code).to.equal('invalid_request');
    expect((await refused({ parcels, as_of: '2199-01-01' })).code).to.equal('invalid_request');
    expect((await refused({ parcels, format: 'pdf' })).code).to.equal('invalid_request');
    const other = { parcels, format: 'csv', activity: 'house', details: { trees: 'fruit' } };
    expect((await refused(other)).code).to.equal('invalid_request');
    const [a, b, c, d] = cells(2.6, 0.1, 2.9, 0.4);
    const bowTie = { name: '打结的', geometry: polygon([a!, c!, b!, d!, a!]) };
    const fault = await refused({ parcels: [parcels[0], bowTie], format: 'csv' });
    expect(fault.code).to.equal('self_intersection');
    expect(fault.where).to.include({ feature: '打结的', path: 'parcels.1.geometry' });
  });

  it('takes as many parcels as it says', async function () {
    this.timeout(120_000);
    const many = Array.from({ length: MAX_PROPOSAL_PARCELS }, (_, i) => ({
      name: `${i}`,
      geometry: polygon(
        cells((i % 20) * 0.2, Math.floor(i / 20) * 0.2, (i % 20) * 0.2 + 0.1, Math.floor(i / 20) * 0.2 + 0.1),
      ),
    }));
    const file = JSON.parse((await exported({ parcels: many, format: 'geojson' })).toString());
    expect(file.features).to.have.length(MAX_PROPOSAL_PARCELS);
    expect(file.cunma.overlaps).to.deep.equal([]);
  });
});
