export {
  analyzeLand,
  claimLandKind,
  type LandStatusRow,
  landKind,
  landMadeFrom,
  landStatus,
  liftTimeLimit,
  lockLand,
  noteDemonstration,
  removeDemonstrationLand,
} from './land_queries.ts';
export type { LandCounty, LandDivision, LandFeature, LandPart, LandVersion } from './land_source.ts';
export {
  addLayers,
  copyFeatures,
  countPublished,
  type FeatureRow,
  insertFeatures,
  insertVersion,
  type LandAt,
  type Layer,
  type LayerVersion,
  landAt,
  latestVersion,
  listLayers,
  NEAR_REACH,
  publishVersion,
  versionsInForce,
} from './queries.ts';
export { featuresAfter, setDerivedChecksum, type TiedVersion, tiedVersions } from './rebuild_queries.ts';
