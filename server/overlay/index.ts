export { type BatchLand, type BatchOptions, type BatchShape, landFor } from './batch.ts';
export { sameCoverage, versionsThere } from './batch_queries.ts';
export { overlaySlice, type Transactions } from './batch_slice.ts';
export { type Certainties, overlayWithCertainty } from './certainty.ts';
export {
  type ClearPlace,
  type ClearPlaceSearch,
  findClearPlace,
  type LayerDemand,
  windowAround,
} from './clear_place.ts';
export { type ClippedClass, clipToVillage } from './clip_queries.ts';
export { type CommonLand, commonLand } from './common_queries.ts';
export { overlayCost } from './cost.ts';
export { affectedZones, type CrossTable, crossShape } from './cross_shape.ts';
export {
  beginStaging,
  copyPlane,
  deriveCoverage,
  deriveOutside,
  derivePieces,
  deriveTotals,
  endStaging,
  type NewPiece,
  partitionAreas,
  stagePlane,
} from './derive_queries.ts';
export { derivedChecksum, forgetDerived } from './derived_queries.ts';
export { findNearMisses, type NearMiss } from './near_misses.ts';
export { type OverlayInput, type OverlayOptions, type OverlayResult, overlayShape } from './overlay_shape.ts';
export { runSelfTest, SELF_TEST_COUNTY, SELF_TEST_LAYER, selfTestLand } from './self_test.ts';
export { type ClassArea, type LayerReason, type SettledLayer, tolerance } from './settle_layer.ts';
export type { VillageArea } from './settle_shape.ts';
