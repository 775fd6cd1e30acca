import { type Coordinate, readCoordinate, type TableRow } from './points_table_cells.ts';

/** Where the columns of a table stand, from 0. `north`: latitude or X (northing); `east`: longitude or Y (easting). */
export interface Columns {
  north: number;
  east: number;
  name: number | null;
  ring: number | null;
  parcel: number | null;
  /** the header declares ddd.mmss */
  packed: boolean;
  /** by their names, or by the size of their values */
  by: 'header' | 'values';
  /** further columns of coordinates, by name */
  unused: string[];
}

const NAMES: Record<'x' | 'y' | 'lat' | 'lon' | 'name' | 'number' | 'ring' | 'parcel', RegExp> = {
  x: /^(x|x坐标|坐标x|纵坐标x?|x纵坐标|北坐标|northing|north)$/,
  y: /^(y|y坐标|坐标y|横坐标y?|y横坐标|东坐标|easting|east)$/,
  lat: /^(纬度|北纬|lat|latitude|纬度b|b)$/,
  lon: /^(经度|东经|lon|lng|long|longitude|经度l|l)$/,
  name: /^((界址|拐|角)?点(号|名|编号|名称)|界址点|拐点|名称|编号|点|point|pointno|pointname|pt|name|id)$/,
  number: /^(序号|no|number)$/,
  ring: /^(圈号|环号|圈|ring|ringno)$/,
  parcel: /^((地块|图斑|宗地)(号|名|编号|名称|代码)?|parcel|plot|polygon|parcelname|parcelno)$/,
};
const PACKED = /d{2,3}\.m{2}s{2}|度\.分秒/i;

/** A header cell without what stands in brackets, blanks and case. */
function key(cell: string): string {
  return cell
    .normalize('NFKC')
    .replace(/[([【].*$/, '')
    .replace(/[\s_.:°-]/g, '')
    .toLowerCase();
}

/** The columns of a header row; null where the row names no pair of coordinates. */
export function readHeader({ cells }: TableRow): Columns | null {
  const keys = cells.map(key);
  const find = (what: keyof typeof NAMES) => {
    const at = keys.findIndex((one) => NAMES[what].test(one));
    return at < 0 ? null : at;
  };
  const pairs = [
    [find('x'), find('y')],
    [find('lat'), find('lon')],
  ].filter((pair): pair is [number, number] => pair[0] !== null && pair[1] !== null);
  const [used, ...more] = pairs;
  if (!used) return null;
  return {
    north: used[0],
    east: used[1],
    name: find('name') ?? find('number'),
    ring: find('ring'),
    parcel: find('parcel'),
    packed: PACKED.test(cells[used[0]]!) && PACKED.test(cells[used[1]]!),
    by: 'header',
    unused: more.flat().map((at) => cells[at]!.trim()),
  };
}

type Kind = 'lat' | 'lon' | 'north' | 'east';

/** What a value can be in China. The ranges of one system do not meet. */
function kindOf({ value, axis }: Coordinate): Kind | null {
  if (value >= 3 && value <= 54) return axis === 'lon' ? null : 'lat';
  if (value >= 73 && value <= 136) return axis === 'lat' ? null : 'lon';
  if (axis !== null) return null;
  if (value >= 1_900_000 && value <= 6_000_000) return 'north';
  return (value >= 13_000_000 && value < 46_000_000) || (value >= 100_000 && value <= 900_000)
    ? 'east'
    : null;
}

/** Whole numbers below this count something, where other columns hold the coordinates. */
const COUNTING = 1_000;

/** Whether two values are a place in China, and which of them is the north one. */
export function northFirst(first: Coordinate, second: Coordinate): boolean | null {
  const [a, b] = [kindOf(first), kindOf(second)];
  if ((a === 'lat' && b === 'lon') || (a === 'north' && b === 'east')) return true;
  return (a === 'lon' && b === 'lat') || (a === 'east' && b === 'north') ? false : null;
}

/** Rows looked at when columns are guessed. */
const SAMPLE = 200;

/**
 * The columns by the size of their values, where there is no header: two neighbours that are a place in China in more
 * than half of the rows with numbers. Columns that only count are set aside.
 * 'ambiguous': more than one pair would do; null: none.
 */
export function guessColumns(rows: readonly TableRow[]): Columns | 'ambiguous' | null {
  const read = rows.slice(0, SAMPLE).map((row) => row.cells.map(readCoordinate));
  const numeric = read.filter((cells) => cells.filter((cell) => cell !== null).length >= 2);
  const width = Math.max(0, ...numeric.map((cells) => cells.length));
  const counting = (at: number) =>
    numeric.every((cells) => {
      const cell = cells[at];
      return !cell || (cell.plain && Number.isInteger(cell.value) && Math.abs(cell.value) < COUNTING);
    });
  const found: Columns[] = [];
  for (let at = 0; at + 1 < width; at++) {
    if (counting(at) || counting(at + 1)) continue;
    for (const first of [true, false]) {
      const fitting = numeric.filter((cells) => {
        const [a, b] = [cells[at], cells[at + 1]];
        return a && b && northFirst(a, b) === first;
      });
      if (fitting.length * 2 <= numeric.length) continue;
      const [north, east] = first ? [at, at + 1] : [at + 1, at];
      const name = at > 0 ? at - 1 : null;
      found.push({ north, east, name, ring: null, parcel: null, packed: false, by: 'values', unused: [] });
    }
  }
  return found.length > 1 ? 'ambiguous' : (found[0] ?? null);
}
