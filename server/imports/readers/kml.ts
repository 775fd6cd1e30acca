import type { Element, Node } from '@xmldom/xmldom';
import type { ArchiveEntry } from '../../archive/index.ts';
import type { Datum, Place } from '../../contract/index.ts';
import { decodeText } from '../../decode_text.ts';
import { findCrs, type Position, recogniseCrs } from '../../geometry/index.ts';
import { messageText } from '../../messages/index.ts';
import { Problem } from '../../problems.ts';
import { checkFeatureCount } from '../bounds.ts';
import { describeCrs, typicalPosition } from '../describe_crs.ts';
import { leftOut, note } from '../notes.ts';
import type { RawFeature, ReadFile, ReadNote, ReadOptions } from '../types.ts';
import { childText, descendants, lineOf, parseXml } from '../xml.ts';
import { type Count, hasGeometry, readKmlGeometry } from './kml_geometry.ts';

/** Elements that would need the network or show pictures. */
const IGNORED = ['NetworkLink', 'GroundOverlay', 'ScreenOverlay', 'PhotoOverlay'];
const MAX_TEXT = 1_000;

/** 奥维 (Ovital) writes the datum of each object; `OvAttr` and the like show that it wrote the file. */
const OV_TYPE = 'OvCoordType';
const OV_DATUM: Record<string, Datum> = { CGCS2000: 'cgcs2000', WGS84: 'wgs84', GCJ02: 'gcj02' };

/** @throws Problem crs_unknown */
function ovDatum(parent: Node, where: Place): { text: string; datum: Datum } | null {
  const text = childText(parent, OV_TYPE);
  if (text === null) return null;
  const datum = OV_DATUM[text.toUpperCase().replace(/[^A-Z0-9]/g, '')];
  if (!datum) throw new Problem('crs_unknown', { params: { crs: text.slice(0, 80) }, where });
  return { text, datum };
}

function attributesOf(placemark: Element): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  const description = childText(placemark, 'description');
  if (description !== null) attributes.description = description.slice(0, MAX_TEXT);
  for (const data of descendants(placemark, ['Data', 'SimpleData'])) {
    const key = data.getAttribute('name') ?? '';
    const value = data.localName === 'Data' ? childText(data, 'value') : data.textContent?.trim();
    if (key !== '') attributes[key.slice(0, 200)] = (value ?? '').slice(0, MAX_TEXT);
  }
  return attributes;
}

function positionsOf({ geometry }: RawFeature): Position[] {
  if (geometry.type === 'Point') return [geometry.coordinates];
  if (geometry.type === 'LineString') return geometry.coordinates;
  if (geometry.type === 'MultiPolygon') return geometry.coordinates.flat(2);
  return geometry.coordinates.flat();
}

interface Read {
  features: RawFeature[];
  notes: ReadNote[];
  heights: boolean;
  stated: string | null;
}

function readPlacemark(placemark: Element, number: number, file: string, count: Count): Read {
  const name = childText(placemark, 'name')?.slice(0, 200) ?? null;
  const label = name ?? `#${number}`;
  const where: Place = { file, line: lineOf(placemark) };
  const notes: ReadNote[] = [];
  try {
    const ov = ovDatum(placemark, where) ?? ovDatum(placemark.parentNode!, where);
    const { geometries, open_rings, heights } = readKmlGeometry(placemark, count);
    for (const ring of open_rings) {
      notes.push(
        note('info', 'closing_point_missing', { feature: label, ring }, { ...where, feature: label }),
      );
    }
    if (geometries.length > 1) {
      notes.push(note('info', 'geometry_split', { feature: label, count: geometries.length }, where));
    }
    const features = geometries.map((geometry) => ({
      label,
      name,
      geometry,
      crs: findCrs('EPSG:4326')!,
      attributes: attributesOf(placemark),
      stated_area_m2: null,
      stated_datum: ov?.datum,
      where,
    }));
    return { features, notes, heights, stated: ov?.text ?? null };
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'too_many_vertices') throw error;
    return { features: [], notes: [leftOut(label, error, where)], heights: false, stated: null };
  }
}

/** Nobody has said which datum it is: GCJ-02 would be hundreds of metres off. */
function datumNotes(text: string, features: RawFeature[], options: ReadOptions, file: string): ReadNote[] {
  if (options.datum !== undefined || features.every((feature) => feature.stated_datum !== undefined))
    return [];
  return /<Ov[A-Z]\w*[\s/>]/.test(text)
    ? [note('warning', 'kml_datum_ov', {}, { file })]
    : [note('info', 'kml_datum_ask', {}, { file })];
}

/**
 * KML 2.2 (OGC 07-147r2, 12-007r2) and its dialect ovkml: the Placemarks with their names, data and geometries.
 * Longitude and latitude on WGS 84, unless OvCoordType or the user says otherwise. Links are never followed.
 * @throws Problem xml_unsafe, too_deep, file_too_complex, file_unreadable, file_format_unknown, crs_*, too_many_*
 */
export function readKml(file: string, text: string, options: ReadOptions): ReadFile {
  const root = parseXml(file, text).documentElement;
  if (!root || !/^(ov)?kml$/i.test(root.localName ?? '')) {
    throw new Problem('file_format_unknown', { params: { file }, where: { file } });
  }
  const placemarks = descendants(root, ['Placemark']);
  checkFeatureCount(placemarks.length);
  const count: Count = { vertices: 0 };
  const withShape = placemarks.filter(hasGeometry);
  const reads = withShape.map((placemark, i) => readPlacemark(placemark, i + 1, file, count));
  const features = reads.flatMap((read) => read.features);
  const notes = reads.flatMap((read) => read.notes);
  const remark = (code: string, count: number) => {
    if (count > 0) notes.push(note('info', code, { count }, { file }));
  };
  remark('null_shapes', placemarks.length - withShape.length);
  remark('kml_elements_ignored', descendants(root, IGNORED).length);
  if (reads.some((read) => read.heights)) notes.push(note('info', 'heights_dropped', {}, { file }));
  notes.push(...datumNotes(text, features, options, file));
  const stated = reads.find((read) => read.stated !== null)?.stated;
  return { format: 'kml', ...recognise(features, options, stated ?? null), notes };
}

function recognise(features: RawFeature[], options: ReadOptions, ov: string | null) {
  const declared = { text: 'KML', crs: findCrs('EPSG:4326')! };
  const typical = typicalPosition(features.flatMap(positionsOf));
  const recognised = typical
    ? recogniseCrs(typical, options.crs ? null : declared, options.crs)
    : { crs: options.crs ?? declared.crs, by: 'declared' as const };
  const described = describeCrs(recognised, declared, 'crs_by_kml');
  const crs = ov === null ? described : { ...described, how: messageText('notes.crs_by_ov', { stated: ov }) };
  return { crs, features: features.map((feature) => ({ ...feature, crs: recognised.crs })) };
}

/** The KML of a KMZ: doc.kml, else the first in it; everything else in the archive is remarked on. */
export function readKmz(entries: ArchiveEntry[], options: ReadOptions): ReadFile {
  const kml = entries.filter(({ path }) => /\.(ov)?kml$/i.test(path) && !/(^|\/)(\._|__MACOSX\/)/.test(path));
  const main = kml.find(({ path }) => /^doc\.kml$/i.test(path)) ?? kml[0]!;
  const { text } = decodeText(main.bytes(), main.path);
  const read = readKml(main.path, text, options);
  const ignored = kml.filter((entry) => entry !== main);
  const notes = ignored.map(({ path }) => note('info', 'entry_ignored', { file: path }, { file: path }));
  return { ...read, notes: [...notes, ...read.notes] };
}

export function isKmz(entries: ArchiveEntry[]): boolean {
  return entries.some(({ path }) => /\.(ov)?kml$/i.test(path));
}

/** Whether the text begins as KML does. */
export function looksLikeXml(text: string): boolean {
  return /^\s*</.test(text);
}
