import type { MultiPolygon, Polygon } from 'geojson';
import { multiPolygonToEwkb, type Polygons, ringArea, toEqualArea } from '../geometry/index.ts';
import type { FeatureRow, LandFeature } from '../layers/index.ts';
import type { NewPiece } from '../overlay/index.ts';
import { Problem } from '../problems.ts';

/** A feature as the tables take it: the row as submitted (EPSG:4490), and in the equal-area plane (EPSG:6933). */
export interface PreparedFeature {
  row: FeatureRow;
  piece: NewPiece;
}

export function polygonsOf(geometry: Polygon | MultiPolygon): Polygons {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

/** Longitude and latitude to the equal-area plane, vertex by vertex. */
export function toPlane(polygons: Polygons): number[][][][] {
  return polygons.map((rings) => rings.map((ring) => ring.map(([lon, lat]) => toEqualArea(lon!, lat!))));
}

/** Official area in m²: outer rings less holes. */
function planeArea(plane: Polygons): number {
  let area = 0;
  for (const rings of plane) {
    for (const [i, ring] of rings.entries()) area += (i === 0 ? 1 : -1) * Math.abs(ringArea(ring));
  }
  return area;
}

/**
 * `id` counts the version's features from 1. Net area: 三调, TBDLMJ = TBMJ − TBMJ × KCXS. Throws `land_invalid` where
 * a feature has no area.
 */
export function prepareFeature(feature: LandFeature, version: string, id: number): PreparedFeature {
  const polygons = polygonsOf(feature.geometry);
  const plane = toPlane(polygons);
  const gross = planeArea(plane);
  if (!(gross > 0))
    throw new Problem('land_invalid', { params: { reason: `${gross} m²` }, where: { feature: id } });
  const { class_code, class_name, village_code } = feature;
  return {
    row: {
      id,
      class_code,
      class_name,
      village_code,
      kcxs: feature.kcxs,
      gross_area_m2: gross,
      net_area_m2: gross * (1 - (feature.kcxs ?? 0)),
      attributes: feature.attributes,
      geom: multiPolygonToEwkb(polygons, 4490),
    },
    piece: {
      version_id: version,
      feature_id: id,
      class_code,
      class_name,
      village_code,
      plane: multiPolygonToEwkb(plane, 6933),
    },
  };
}
