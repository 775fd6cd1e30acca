import type { Geometry } from 'geojson';
import type { Datum, ShapeAnswer, ShapeGeometry, UploadAnswer } from '../../server/contract/index.ts';
import type { FootprintDraft } from '../draw/footprint.ts';
import type { Fix } from './fix.ts';

export type ShapeSource = 'drawn' | 'footprint' | 'stand' | 'file';

/** A shape on the work table: drawn, set down, where somebody stands, or one of a file. */
export interface WorkShape {
  id: string;
  source: ShapeSource;
  name: string;
  /** lon/lat CGCS2000 */
  geometry: Geometry;
  /** what can be sent to a check; null for lines */
  checkable: ShapeGeometry | null;
  area_m2: number | null;
  /** computed by the server; else an estimate of the browser */
  official: boolean;
  stated_area_m2: number | null;
  /** how exactly its place is known, m; null: not said */
  accuracy_m: number | null;
  /** of `checkable` where it is not CGCS2000 */
  datum: Datum | null;
}

const number = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

function checkable(geometry: Geometry): ShapeGeometry | null {
  if (geometry.type === 'Point' || geometry.type === 'Polygon' || geometry.type === 'MultiPolygon')
    return geometry;
  return null;
}

export function drawnShape(
  geometry: Extract<Geometry, { type: 'Polygon' }>,
  area_m2: number | null,
): WorkShape {
  return {
    id: 'drawn',
    source: 'drawn',
    name: '',
    geometry,
    checkable: geometry,
    area_m2,
    official: false,
    stated_area_m2: null,
    accuracy_m: null,
    datum: null,
  };
}

/** A rectangle as the server measured it; it knows its place as well as the positioning it was put down by. */
export function footprintShape(draft: FootprintDraft, answer: ShapeAnswer): WorkShape {
  const { width_m, depth_m, accuracy_m } = draft;
  return {
    id: 'footprint',
    source: 'footprint',
    name: `${width_m} × ${depth_m}`,
    geometry: answer.geometry,
    checkable: answer.geometry,
    area_m2: answer.area_m2,
    official: true,
    stated_area_m2: null,
    accuracy_m,
    datum: null,
  };
}

/** Where somebody stands: a point as exact as the device says. */
export function standShape({ position, accuracy_m }: Fix): WorkShape {
  const point = { type: 'Point' as const, coordinates: position };
  return {
    id: 'stand',
    source: 'stand',
    name: '',
    geometry: point,
    checkable: point,
    area_m2: null,
    official: false,
    stated_area_m2: null,
    accuracy_m,
    datum: 'wgs84',
  };
}

/** The shapes of an uploaded file, in its order. */
export function uploadedShapes(answer: UploadAnswer): WorkShape[] {
  return answer.features.features.map((feature) => {
    const geometry = feature.geometry as Geometry;
    const name = feature.properties.name;
    return {
      id: `file-${feature.id}`,
      source: 'file' as const,
      name: typeof name === 'string' || typeof name === 'number' ? String(name) : '',
      geometry,
      checkable: checkable(geometry),
      area_m2: number(feature.properties.area_m2),
      official: true,
      stated_area_m2: number(feature.properties.stated_area_m2),
      accuracy_m: null,
      datum: null,
    };
  });
}
