import type { Datum } from '../contract/index.ts';
import { findCrs } from '../geometry/index.ts';
import { messageText } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { crsName } from './describe_crs.ts';
import { note } from './notes.ts';
import type { RawFeature, ReadFile, ReadNote, ReadOptions } from './types.ts';

const GEOGRAPHIC = { cgcs2000: 'EPSG:4490', wgs84: 'EPSG:4326', gcj02: 'EPSG:4490' } as const;
export const GCJ02 = 'GCJ-02';

function contradiction(a: string, option: Datum): Problem {
  return new Problem('crs_contradiction', { params: { a, b: `datum: ${option}` } });
}

/** What the user states, else what the file states, else what its CRS means. @throws Problem crs_contradiction */
function datumOf({ crs, stated_datum: stated }: RawFeature, option: Datum | undefined): Datum {
  if (option === undefined) return stated ?? crs.datum;
  if (crs.zone && option !== crs.datum) throw contradiction(crs.id, option);
  if (stated !== undefined && stated !== option) throw contradiction(stated, option);
  return option;
}

/**
 * A file with the datum of its degrees decided: GCJ-02 is marked for conversion, WGS 84 taken as CGCS2000, each with a
 * note. Zones of a file, or a datum that it states itself, must not be contradicted.
 * @throws Problem crs_contradiction
 */
export function applyDatum(file: string, read: ReadFile, { datum: option }: ReadOptions): ReadFile {
  const datums = read.features.map((raw) => datumOf(raw, option));
  const features = read.features.map((raw, i): RawFeature => {
    const datum = datums[i]!;
    if (raw.crs.zone) return raw;
    return { ...raw, crs: findCrs(GEOGRAPHIC[datum])!, gcj02: datum === 'gcj02' };
  });
  const notes: ReadNote[] = [...read.notes];
  if (datums.includes('gcj02')) notes.push(note('warning', 'gcj02_converted', {}, { file }));
  if (datums.includes('wgs84')) notes.push(note('info', 'wgs84_as_cgcs2000', {}, { file }));
  return { ...read, crs: crsOf(read, features[0], option), features, notes };
}

function crsOf(read: ReadFile, first: RawFeature | undefined, option: Datum | undefined): ReadFile['crs'] {
  if (!first || first.crs.zone) return read.crs;
  const how = option === undefined ? read.crs.how : messageText('notes.crs_by_datum', { datum: option });
  return first.gcj02
    ? { id: GCJ02, name: { zh: GCJ02, en: GCJ02 }, how }
    : { id: first.crs.id, name: crsName(first.crs), how };
}
