import { zipSync } from 'fflate';
import iconv from 'iconv-lite';

/** The header of domain facts §3; overrides replace a value, null removes the line. */
export function header(overrides: Record<string, string | null> = {}): string[] {
  const values: Record<string, string | null> = {
    格式版本号: '1.01版本',
    坐标系: '2000国家大地坐标系',
    几度分带: '3',
    投影类型: '高斯克吕格',
    计量单位: '米',
    带号: '38',
    精度: '0.001',
    转换参数: ',,,,,,',
    ...overrides,
  };
  return [
    '[属性描述]',
    ...Object.entries(values).flatMap(([k, v]) => (v === null ? [] : [`${k}=${v}`])),
    '[地块坐标]',
  ];
}

/** Square A of 60 m, near Xiuwu; X (northing), Y (easting) with zone number. Official area 3629.57 m² (domain facts §3). */
export const SQUARE = [
  'J1,1,3898960.500,38431000.000',
  'J2,1,3898960.500,38431060.000',
  'J3,1,3898900.000,38431060.000',
  'J4,1,3898900.000,38431000.000',
  'J1,1,3898960.500,38431000.000',
];
export const SQUARE_AREA = 3629.5746;

export function parcel(name = '地块一', area = '0.3630', points = '5', shape = '面'): string {
  return `${points},${area},1,${name},${shape},,设施农用地,1202,@`;
}

export function txt(...lines: string[]): Buffer {
  return Buffer.from(lines.join('\r\n'), 'utf8');
}

export const ZONE_38_PRJ =
  'PROJCS["CGCS2000_3_Degree_GK_Zone_38",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",38500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]';

/** A square of x, y with its lower left corner, clockwise as the format wants outer rings. */
export function box(x: number, y: number, size: number): number[][] {
  return [
    [x, y],
    [x, y + size],
    [x + size, y + size],
    [x + size, y],
    [x, y],
  ];
}

type ShpShape = { point: number[] } | { paths: number[][][] } | null;

/** A .shp of `type` (1, 3, 5, 15, 25 …); for Z types the heights are 0. */
export function shp(type: number, shapes: ShpShape[]): Buffer {
  const records = shapes.map((shape, i) => {
    const content =
      shape === null
        ? Buffer.alloc(4)
        : 'point' in shape
          ? pointContent(type, shape.point)
          : pathContent(type, shape.paths);
    const head = Buffer.alloc(8);
    head.writeInt32BE(i + 1, 0);
    head.writeInt32BE(content.length / 2, 4);
    return Buffer.concat([head, content]);
  });
  const head = Buffer.alloc(100);
  head.writeInt32BE(9994, 0);
  head.writeInt32BE((100 + Buffer.concat(records).length) / 2, 24);
  head.writeInt32LE(1000, 28);
  head.writeInt32LE(type, 32);
  return Buffer.concat([head, ...records]);
}

function pointContent(type: number, [x, y]: number[]): Buffer {
  const content = Buffer.alloc(type > 10 ? 36 : 20);
  content.writeInt32LE(type, 0);
  content.writeDoubleLE(x!, 4);
  content.writeDoubleLE(y!, 12);
  return content;
}

function pathContent(type: number, paths: number[][][]): Buffer {
  const points = paths.flat();
  const size = 44 + 4 * paths.length + 16 * points.length;
  const content = Buffer.alloc(size + (type > 10 ? 16 + 8 * points.length : 0));
  content.writeInt32LE(type, 0);
  content.writeInt32LE(paths.length, 36);
  content.writeInt32LE(points.length, 40);
  let start = 0;
  paths.forEach((path, i) => {
    content.writeInt32LE(start, 44 + 4 * i);
    start += path.length;
  });
  points.forEach(([x, y], i) => {
    content.writeDoubleLE(x!, 44 + 4 * paths.length + 16 * i);
    content.writeDoubleLE(y!, 52 + 4 * paths.length + 16 * i);
  });
  return content;
}

/** A .dbf with one text field and one number field (TBMJ). */
export function dbf(field: string, names: string[], encoding: string, areas?: number[], width = 20): Buffer {
  const cell = (text: string, length: number, left: boolean) => {
    const bytes = iconv.encode(text, encoding).subarray(0, length);
    const pad = Buffer.alloc(length - bytes.length, 0x20);
    return left ? Buffer.concat([bytes, pad]) : Buffer.concat([pad, bytes]);
  };
  const fields = [
    { name: field, type: 'C', length: width },
    { name: 'TBMJ', type: 'N', length: 15 },
  ];
  const head = Buffer.alloc(32);
  head[0] = 3;
  head.writeUInt32LE(names.length, 4);
  head.writeUInt16LE(32 + 32 * fields.length + 1, 8);
  head.writeUInt16LE(1 + width + 15, 10);
  const descriptions = fields.map(({ name, type, length }) => {
    const bytes = Buffer.alloc(32);
    iconv.encode(name, encoding).copy(bytes, 0, 0, 10);
    bytes.write(type, 11, 'latin1');
    bytes[16] = length;
    return bytes;
  });
  const rows = names.map((name, i) =>
    Buffer.concat([
      Buffer.from(' '),
      cell(name, width, true),
      cell(areas ? areas[i]!.toFixed(2) : '', 15, false),
    ]),
  );
  return Buffer.concat([head, ...descriptions, Buffer.from([0x0d]), ...rows, Buffer.from([0x1a])]);
}

export function zip(entries: Record<string, Buffer | string>): Buffer {
  const bytes = Object.entries(entries).map(
    ([name, value]) => [name, new Uint8Array(Buffer.from(value))] as const,
  );
  return Buffer.from(zipSync(Object.fromEntries(bytes), { level: 9 }));
}

export function kml(...placemarks: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n${placemarks.join('\n')}\n</Document></kml>`;
}

export function placemark(geometry: string, name = '地块一', more = ''): string {
  return `<Placemark><name>${name}</name>${more}${geometry}</Placemark>`;
}

/** A Polygon of KML; the first ring is the outer one. `height` is appended to each position. */
export function kmlPolygon(rings: number[][][], height = ''): string {
  const ring = (points: number[][]) =>
    `<LinearRing><coordinates>${points.map((p) => p.join(',') + height).join(' ')}</coordinates></LinearRing>`;
  const [outer, ...inner] = rings;
  return `<Polygon><outerBoundaryIs>${ring(outer!)}</outerBoundaryIs>${inner
    .map((hole) => `<innerBoundaryIs>${ring(hole)}</innerBoundaryIs>`)
    .join('')}</Polygon>`;
}

const SPREADSHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const XML_ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<"]/g, (c) => XML_ESCAPES[c]!);

/** A cell: a number, a shared string, or the XML of its inside with its type. */
export type Cell = number | string | { type: string; inside: string } | null;

/** An .xlsx with the sheets given (name → rows), strings shared; `more` replaces or adds parts. */
export function xlsx(sheets: Record<string, Cell[][]>, more: Record<string, string> = {}): Buffer {
  const strings: string[] = [];
  const cell = (value: Cell, row: number, column: number) => {
    const reference = `${String.fromCharCode(65 + column)}${row + 1}`;
    if (value === null) return '';
    if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`;
    if (typeof value === 'object') return `<c r="${reference}" t="${value.type}">${value.inside}</c>`;
    strings.push(value);
    return `<c r="${reference}" t="s"><v>${strings.length - 1}</v></c>`;
  };
  const names = Object.keys(sheets);
  const parts: Record<string, string> = { '[Content_Types].xml': '<Types/>' };
  names.forEach((name, i) => {
    const rows = sheets[name]!.map(
      (cells, row) =>
        `<row r="${row + 1}">${cells.map((value, column) => cell(value, row, column)).join('')}</row>`,
    );
    parts[`xl/worksheets/sheet${i + 1}.xml`] =
      `<worksheet ${SPREADSHEET}><sheetData>${rows.join('')}</sheetData></worksheet>`;
  });
  const sheetList = names.map(
    (name, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  );
  parts['xl/workbook.xml'] =
    `<workbook ${SPREADSHEET} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>${sheetList.join('')}</sheets></workbook>`;
  parts['xl/_rels/workbook.xml.rels'] = `<Relationships>${names
    .map((_, i) => `<Relationship Id="rId${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`)
    .join('')}</Relationships>`;
  const items = strings.map((text) => `<si><t>${escaped(text)}</t></si>`);
  parts['xl/sharedStrings.xml'] = `<sst ${SPREADSHEET}>${items.join('')}</sst>`;
  return zip({ ...parts, ...more });
}
