export { type ClippedClass, clipToVillage } from './clip.ts';
export { beginStaging, deriveVillageTotals, derivePieces, endStaging, partitionAreas, stagePlane } from './derive.ts';
export { type OverlayInput, type OverlayOptions, type OverlayResult, overlayShape } from './overlay_shape.ts';
export { runSelfTest, SELF_TEST_COUNTY, SELF_TEST_LAYER, selfTestLand } from './self_test.ts';
export { type ClassArea, type LayerReason, type SettledLayer, tolerance } from './settle_layer.ts';
