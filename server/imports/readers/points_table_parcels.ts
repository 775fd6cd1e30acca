import { checkFeatureCount, checkVertexCount } from '../bounds.ts';
import { type TextParcel, unreadableLine } from './boundary_points_parcels.ts';
import { type Coordinate, readCoordinate, readPacked, type TableRow } from './points_table_cells.ts';
import { type Columns, northFirst, readHeader } from './points_table_columns.ts';

/** The points of a table by parcel. `first` of a point is its north value as the columns say, `second` its east one. */
export interface TableParcels {
  parcels: TextParcel[];
  /** rows that are no points and stand where they do no harm: titles, remarks, sums */
  ignored: TableRow[];
  /** rows whose parcel or ring was blank and taken from the row before */
  filled: number;
}

interface State extends TableParcels {
  columns: Columns;
  /** counts headers: each begins anew */
  section: number;
  current: (Cells & { section: number; parcel: TextParcel }) | null;
  seen: Set<string>;
  /** rows since the last point that are none */
  pending: TableRow[];
  points: number;
}

/** What a row says about where it belongs. */
interface Cells {
  parcelCell: string;
  ringCell: string;
}

function newParcel(line: number, name: string | null, number: number): TextParcel {
  return {
    line,
    label: name ?? `#${number}`,
    name,
    shape: '面',
    stated_points: null,
    stated_area_m2: null,
    attributes: {},
    rings: new Map(),
    unreadable: [],
  };
}

/** The two values of a row, north first; null where they are none, or where a cell says the other axis. */
export function readPoint({ cells }: TableRow, columns: Columns): [number, number] | null {
  const read = (at: number): Coordinate | null => {
    const cell = cells[at] ?? '';
    const coordinate = readCoordinate(cell);
    if (!columns.packed || (coordinate && !coordinate.plain)) return coordinate;
    const value = readPacked(cell);
    return value === null ? null : { value, axis: null, plain: false };
  };
  const [north, east] = [read(columns.north), read(columns.east)];
  if (!north || !east) return null;
  if ((north.axis === 'lon' || east.axis === 'lat') && northFirst(north, east) !== false) return null;
  return [north.value, east.value];
}

function cellOf(row: TableRow, at: number | null): string {
  return at === null ? '' : (row.cells[at] ?? '').trim();
}

/** Where a row belongs; merged cells of a sheet stand only in their first row. */
function cellsOf(state: State, row: TableRow): Cells {
  const { columns, current } = state;
  let parcelCell = cellOf(row, columns.parcel);
  let ringCell = cellOf(row, columns.ring);
  const before = current?.section === state.section ? current : null;
  const fillParcel = parcelCell === '' && before !== null && before.parcelCell !== '';
  if (fillParcel) parcelCell = before.parcelCell;
  const fillRing = ringCell === '' && before?.parcelCell === parcelCell && before.ringCell !== '';
  if (fillRing) ringCell = before!.ringCell;
  if (fillParcel || fillRing) state.filled++;
  return { parcelCell, ringCell };
}

const unreadable = ({ line, cells }: TableRow) => unreadableLine(line, cells.join(', '));

/** The parcel of a row, begun where it is another one than before. */
function enterParcel(state: State, row: TableRow): { parcel: TextParcel; ringCell: string } {
  const { section, current } = state;
  const cells = cellsOf(state, row);
  const { parcelCell, ringCell } = cells;
  if (current?.section === section && current.parcelCell === parcelCell) {
    current.ringCell = ringCell;
    current.parcel.unreadable.push(...state.pending.splice(0).map(unreadable));
    return { parcel: current.parcel, ringCell };
  }
  checkFeatureCount(state.parcels.length + 1);
  const name = parcelCell === '' ? null : parcelCell.slice(0, 200);
  const parcel = newParcel(row.line, name, state.parcels.length + 1);
  const key = `${section} ${parcelCell}`;
  // points of one parcel that stand apart are not known to belong together
  if (state.seen.has(key)) parcel.unreadable.push(unreadable(row));
  state.seen.add(key);
  state.parcels.push(parcel);
  state.ignored.push(...state.pending.splice(0));
  state.current = { ...cells, section, parcel };
  return { parcel, ringCell };
}

function addRow(state: State, row: TableRow, point: [number, number] | null): void {
  checkVertexCount(++state.points);
  const { parcel, ringCell } = enterParcel(state, row);
  if (!point) {
    parcel.unreadable.push(unreadable(row));
    return;
  }
  const points = parcel.rings.get(ringCell) ?? [];
  parcel.rings.set(ringCell, points);
  const [first, second] = point;
  points.push({ name: cellOf(row, state.columns.name), first, second, line: row.line });
}

/**
 * Whether a row was meant as a point: it has a number where a coordinate should be. Above the points of a table without
 * a header it may be a title.
 */
function meansPoint({ columns, current }: State, row: TableRow): boolean {
  const cells = [columns.north, columns.east].map((at) => row.cells[at] ?? '');
  const title = columns.by === 'values' && current === null && cells.includes('');
  return !title && cells.some((cell) => /[\d#]/.test(cell));
}

/**
 * The rows of a table as parcels: by its columns for parcel and ring, else one ring in the order of the rows; a further
 * header begins another parcel. A row between the points of a parcel that is no point makes the parcel unreadable: a
 * corner would be missing.
 * @throws Problem too_many_features, too_many_vertices
 */
export function readTableParcels(rows: readonly TableRow[], columns: Columns): TableParcels {
  const state: State = {
    columns,
    parcels: [],
    ignored: [],
    filled: 0,
    section: 0,
    current: null,
    seen: new Set(),
    pending: [],
    points: 0,
  };
  for (const row of rows) {
    const header = columns.by === 'header' ? readHeader(row) : null;
    if (header) {
      state.columns = header;
      state.section++;
      state.ignored.push(...state.pending.splice(0));
      continue;
    }
    const point = readPoint(row, state.columns);
    if (point || meansPoint(state, row)) addRow(state, row, point);
    else state.pending.push(row);
  }
  state.ignored.push(...state.pending);
  for (const parcel of state.parcels) {
    const [points, ...more] = parcel.rings.values();
    if (more.length === 0 && points?.length === 1) parcel.shape = '点';
  }
  const { parcels, ignored, filled } = state;
  return { parcels, ignored, filled };
}
