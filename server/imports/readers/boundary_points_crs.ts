import { type Declared, findCrs, refuseOldDatum } from '../../geometry/index.ts';
import { Problem } from '../../problems.ts';
import { note } from '../notes.ts';
import type { ReadNote } from '../types.ts';
import { readNumber } from './boundary_points_lines.ts';

const KEYS = ['坐标系', '几度分带', '带号', '中央子午线'];

/** Whether a name of the header means CGCS2000 itself, not a local system derived from it. */
function isCgcs2000(name: string): boolean {
  return /cgcs|2000/i.test(name) && !/独立|地方|城市|local/i.test(name);
}

function unknown(stated: string, file: string): Problem {
  return new Problem('crs_unknown', { params: { crs: stated }, where: { file } });
}

function headerNumber(header: Map<string, string>, key: string, file: string): number | undefined {
  const value = header.get(key)?.replace(/[°度带号第E\s]/g, '');
  if (!value) return undefined;
  const number = readNumber(value);
  if (number === null) throw unknown(`${key}=${header.get(key)}`, file);
  return number;
}

/**
 * What the header of a boundary-point file says about its CRS; null where it says nothing.
 * @throws Problem crs_datum_refused, crs_unknown
 */
export function declaredByHeader(
  header: Map<string, string>,
  file: string,
): { declared: Declared | null; notes: ReadNote[] } {
  const notes: ReadNote[] = [];
  const datum = header.get('坐标系') ?? '';
  refuseOldDatum(datum, { file });
  if (datum === '') notes.push(note('warning', 'datum_not_stated', {}, { file }));
  else if (!isCgcs2000(datum)) throw unknown(datum, file);
  const projection = header.get('投影类型') ?? '';
  if (projection !== '' && !/高斯|gauss/i.test(projection)) throw unknown(projection, file);
  const unit = header.get('计量单位') ?? '';
  if (!/^(米|m|meter|metre|度|)$/i.test(unit)) throw unknown(`计量单位=${unit}`, file);
  const parameters = (header.get('转换参数') ?? '').split(/[,，\s]+/).map((token) => readNumber(token) ?? 0);
  if (parameters.some((value) => value !== 0))
    notes.push(note('warning', 'ignored_parameters', {}, { file }));
  const text = KEYS.filter((key) => header.get(key))
    .map((key) => `${key}=${header.get(key)}`)
    .join(' ');
  if (text === '') return { declared: null, notes };
  const width = headerNumber(header, '几度分带', file);
  if (width !== undefined && width !== 3 && width !== 6) throw unknown(`几度分带=${width}`, file);
  const declared: Declared = {
    text,
    width,
    number: headerNumber(header, '带号', file) || undefined,
    meridian: headerNumber(header, '中央子午线', file),
    ...(unit === '度' ? { crs: findCrs('EPSG:4490')! } : {}),
  };
  return { declared, notes };
}
