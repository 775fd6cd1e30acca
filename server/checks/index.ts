export { clearPlaceRoutes } from './clear_place_routes.ts';
export { areaPair, composeOverlay, versionReference } from './compose_overlay.ts';
export { checkRoutes, PRIVATE, SHAPE_PROBLEMS } from './routes.ts';
export { type JudgedOverlay, type OverlayContext, overlayOf } from './run_overlay.ts';
export { staffCheckRoutes } from './staff_routes.ts';
