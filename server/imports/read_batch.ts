import { multiPolygonToEwkb, type Shape, toEqualArea } from '../geometry/index.ts';
import { messageText } from '../messages/index.ts';
import { Problem } from '../problems.ts';
import { type FileBounds, within } from './bounds.ts';
import { buildFeature } from './build_feature.ts';
import {
  MAX_ATTRIBUTE_BYTES,
  MAX_BATCH_AREA_M2,
  MAX_BATCH_FEATURES,
  MAX_BATCH_FILE_BYTES,
  MAX_BATCH_VERTICES,
  MAX_FILE_NOTES,
} from './limits.ts';
import { leftOut, noShapes } from './notes.ts';
import { placeOf, readRaw, type UploadOptions } from './read_upload.ts';
import type { RawFeature, ReadFile, ReadNote, ReadUpload } from './types.ts';

export const BATCH_BOUNDS: FileBounds = {
  bytes: MAX_BATCH_FILE_BYTES,
  features: MAX_BATCH_FEATURES,
  vertices: MAX_BATCH_VERTICES,
  area_m2: MAX_BATCH_AREA_M2,
};

/** A record of a file with a shape that has passed every check. */
export interface BatchRecord {
  /** number in the file, from 1 */
  index: number;
  name: string | null;
  /** JSON text */
  attributes: string;
  area_m2: number;
  /** west, south, east, north: in degrees, and in metres of EPSG:6933 */
  bbox: [number, number, number, number];
  plane: [number, number, number, number];
  /** where its EWKB (EPSG:4490) stands in {@link ReadBatch.geometries} */
  from: number;
  to: number;
}

/** A record that has no shape to examine, and why. */
export interface BatchFault {
  index: number;
  name: string | null;
  attributes: string;
  note: ReadNote;
}

/** A file of many shapes, packed: it travels between threads, and 20,000 shapes as objects are ten times as large. */
export interface ReadBatch extends Pick<ReadUpload, 'format' | 'crs'> {
  records: BatchRecord[];
  faults: BatchFault[];
  /** on the file as a whole */
  notes: ReadNote[];
  geometries: Uint8Array;
}

/**
 * Reads the file of a batch. No record is lost: it is among `records` or among `faults`, under its number in the file.
 * @throws Problem as `readUpload`
 */
export function readBatch(file: { name: string; bytes: Buffer }, options: UploadOptions = {}): ReadBatch {
  return within(BATCH_BOUNDS, () => pack(file.name, readRaw(file, options)));
}

function pack(file: string, read: ReadFile): ReadBatch {
  const numbers = new Numbers(read);
  const records: BatchRecord[] = [];
  const faults: BatchFault[] = [];
  const notes: ReadNote[] = [];
  const buffers: Buffer[] = [];
  let at = 0;
  for (const note of read.notes) {
    // each of them has a remark of its own
    if (note.code === 'null_shapes' && read.nulls !== undefined) continue;
    if (note.severity !== 'error') notes.push(note);
    else faults.push({ index: numbers.of(note.where?.record), name: nameIn(note), attributes: '{}', note });
  }
  for (const { record, name } of read.nulls ?? [])
    faults.push({ index: record, name, attributes: '{}', note: noShape(file, record) });
  read.features.forEach((raw, i) => {
    const index = numbers.of(raw.where.record ?? i + 1);
    try {
      const { shape, notes: own } = buildFeature(raw, index);
      if (shape === null) throw new Problem('geometry_type', { params: { type: raw.geometry.type } });
      notes.push(...own);
      const ewkb = multiPolygonToEwkb(shape.geometry.coordinates, 4490);
      buffers.push(ewkb);
      records.push({ ...described(raw, index), ...measures(shape), from: at, to: at + ewkb.length });
      at += ewkb.length;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const note = leftOut(raw.label, error, { ...placeOf(raw, error), record: index });
      faults.push({ ...described(raw, index), note });
    }
    // what has been read is not needed twice
    read.features[i] = undefined as unknown as RawFeature;
  });
  if (records.length === 0)
    throw noShapes(
      file,
      faults.map(({ note }) => note),
    );
  const { format, crs } = read;
  const geometries = new Uint8Array(at);
  buffers.reduce((offset, buffer) => {
    geometries.set(buffer, offset);
    return offset + buffer.length;
  }, 0);
  return { format, crs, records, faults, notes: notes.slice(0, MAX_FILE_NOTES), geometries };
}

/** Numbers for records whose format gives them none, after those that have one. */
class Numbers {
  #next: number;
  constructor({ features, nulls = [], notes }: ReadFile) {
    const given = [...features, ...notes].map(
      ({ where }, i) => where?.record ?? (i < features.length ? i + 1 : 0),
    );
    this.#next = [...given, ...nulls.map(({ record }) => record)].reduce((a, b) => Math.max(a, b), 0);
  }
  of(given: number | undefined): number {
    return given ?? ++this.#next;
  }
}

function measures({ area_m2, bbox }: Shape): Pick<BatchRecord, 'area_m2' | 'bbox' | 'plane'> {
  // the projection is cylindrical: a box of degrees is a box of metres
  const [west, south, east, north] = bbox;
  return { area_m2, bbox, plane: [...toEqualArea(west, south), ...toEqualArea(east, north)] };
}

function described(raw: RawFeature, index: number): Pick<BatchRecord, 'index' | 'name' | 'attributes'> {
  return { index, name: raw.name === null ? null : storable(raw.name), attributes: attributesOf(raw) };
}

/** What PostgreSQL can store: no NUL, and no half of a character. */
function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd');
}

function storableJson(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map(storableJson);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storable(key), storableJson(item)]));
}

function attributesOf({ attributes }: RawFeature): string {
  const kept: Record<string, unknown> = {};
  let bytes = 2;
  for (const [key, value] of Object.entries(attributes)) {
    const text = JSON.stringify(value ?? null) ?? 'null';
    bytes += Buffer.byteLength(key) + Buffer.byteLength(text) + 4;
    if (bytes > MAX_ATTRIBUTE_BYTES) break;
    kept[key] = value ?? null;
  }
  return JSON.stringify(storableJson(kept));
}

function nameIn({ where }: ReadNote): string | null {
  const feature = where?.feature;
  return feature === undefined || String(feature).startsWith('#')
    ? null
    : storable(String(feature)).slice(0, 200);
}

function noShape(file: string, record: number): ReadNote {
  return {
    severity: 'error',
    code: 'geometry_empty',
    message: messageText('notes.record_without_shape', { record }),
    where: { file, record },
  };
}
