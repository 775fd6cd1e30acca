export { roundAreas, toMu } from './areas.ts';
export { type Crs, findCrs, findZone, parseCrs, refuseOldDatum, type Zone } from './crs.ts';
export { fromEqualArea, ringArea, toEqualArea } from './equal_area.ts';
export { fromGcj02, toGcj02 } from './gcj02.ts';
export * from './limits.ts';
export { fromLocalZone, fromZone, localZone, toLocalZone, toZone, zoneToLonLat } from './projection.ts';
export { readShape, type Shape, type ShapeOptions, shapeEwkb } from './shape.ts';
export { multiPolygonToEwkb, type Polygons } from './wkb.ts';
