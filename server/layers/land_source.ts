import type { MultiPolygon, Polygon } from 'geojson';

/**
 * What can be loaded as land: a county at a time, a layer version at a time, features streamed.
 * All coordinates lon/lat EPSG:4490, full double precision; shared borders share their vertices exactly.
 */
export interface LandCounty {
  /** 6 digits, GB/T 2260 */
  code: string;
  divisions: LandDivision[];
  versions: LandVersion[];
  /**
   * The features of all versions again, each version's in the same order, but a part of the county (a village) at a
   * time: for a source that makes all layers of a place at once and cannot keep the whole county. Absent: the county
   * is read version by version.
   */
  parts?(): Iterable<LandPart>;
}

/** A part of a county: its features by layer; a layer that has none there may be left out. */
export interface LandPart {
  name: string;
  features: ReadonlyMap<string, Iterable<LandFeature>>;
}

/** Where a division lies: the county (6 digits), its townships (9) and villages (12) that have land. */
export interface LandDivision {
  code: string;
  geometry: MultiPolygon;
}

export interface LandVersion {
  layer: string;
  /** e.g. 2024年度变更调查（示意数据） */
  label: string;
  source: string;
  /** YYYY-MM-DD */
  in_force_from: string;
  in_force_until: string | null;
  coverage: MultiPolygon;
  /** The county has nothing of this layer and says so. */
  declared_empty: boolean;
  features(): Iterable<LandFeature>;
}

export interface LandFeature {
  class_code: string;
  class_name: string;
  /** 12 digits; null where a feature lies in several villages */
  village_code: string | null;
  /** 扣除地类系数 KCXS, share of 田坎 that the net area leaves out; null: none */
  kcxs: number | null;
  attributes: Record<string, string | number | boolean | null>;
  geometry: Polygon | MultiPolygon;
}
