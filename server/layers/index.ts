export type { LandCounty, LandDivision, LandFeature, LandPart, LandVersion } from './land_source.ts';
export {
  addLayers,
  countiesOf,
  countPublished,
  type FeatureRow,
  insertFeatures,
  insertVersion,
  type Layer,
  type LayerVersion,
  latestVersion,
  listLayers,
  publishVersion,
  versionsInForce,
} from './queries.ts';
