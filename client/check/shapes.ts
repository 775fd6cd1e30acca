import type { Geometry } from 'geojson';
import type { ShapeGeometry, UploadAnswer } from '../../server/contract/index.ts';

/** A shape on the work table: drawn, or one of a file. */
export interface WorkShape {
  id: string;
  name: string;
  /** lon/lat CGCS2000 */
  geometry: Geometry;
  /** what can be sent to a check; null for lines */
  checkable: ShapeGeometry | null;
  area_m2: number | null;
  /** computed by the server; else an estimate of the browser */
  official: boolean;
  stated_area_m2: number | null;
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
    name: '',
    geometry,
    checkable: geometry,
    area_m2,
    official: false,
    stated_area_m2: null,
  };
}

/** The shapes of an uploaded file, in its order. */
export function uploadedShapes(answer: UploadAnswer): WorkShape[] {
  return answer.features.features.map((feature) => {
    const geometry = feature.geometry as Geometry;
    const name = feature.properties.name;
    return {
      id: `file-${feature.id}`,
      name: typeof name === 'string' || typeof name === 'number' ? String(name) : '',
      geometry,
      checkable: checkable(geometry),
      area_m2: number(feature.properties.area_m2),
      official: true,
      stated_area_m2: number(feature.properties.stated_area_m2),
    };
  });
}
