/** Polygons as arrays [polygon][ring][point][x, y]. */
export type Polygons = readonly (readonly (readonly (readonly number[])[])[])[];

type Polygon = Polygons[number];

const POLYGON = 3;
const MULTIPOLYGON = 6;
/** PostGIS's flag: an SRID follows. */
const WITH_SRID = 0x20000000;

const bytesOf = (polygon: Polygon): number => polygon.reduce((sum, ring) => sum + 4 + 16 * ring.length, 4);

/** Writes rings at `from`; returns where they end. */
function writeRings(buffer: Buffer, polygon: Polygon, from: number): number {
  let at = buffer.writeUInt32LE(polygon.length, from);
  for (const ring of polygon) {
    at = buffer.writeUInt32LE(ring.length, at);
    for (const point of ring) {
      at = buffer.writeDoubleLE(point[0]!, at);
      at = buffer.writeDoubleLE(point[1]!, at);
    }
  }
  return at;
}

function writeHead(buffer: Buffer, type: number, srid: number): number {
  const at = buffer.writeUInt32LE(WITH_SRID + type, buffer.writeUInt8(1, 0));
  return buffer.writeUInt32LE(srid, at);
}

/**
 * Little-endian EWKB of a MultiPolygon (OGC 06-103r4 §8.2.8; the SRID flag is PostGIS's).
 * Rings must be closed. Coordinates keep full double precision.
 */
export function multiPolygonToEwkb(polygons: Polygons, srid: number): Buffer {
  const size = polygons.reduce((sum, polygon) => sum + 5 + bytesOf(polygon), 13);
  const buffer = Buffer.allocUnsafe(size);
  let at = writeHead(buffer, MULTIPOLYGON, srid);
  at = buffer.writeUInt32LE(polygons.length, at);
  for (const polygon of polygons) {
    at = buffer.writeUInt8(1, at);
    at = writeRings(buffer, polygon, buffer.writeUInt32LE(POLYGON, at));
  }
  return buffer;
}

/** The same of one polygon, which PostGIS compares and cuts faster than a MultiPolygon of one. */
export function polygonToEwkb(polygon: Polygon, srid: number): Buffer {
  const buffer = Buffer.allocUnsafe(9 + bytesOf(polygon));
  writeRings(buffer, polygon, writeHead(buffer, POLYGON, srid));
  return buffer;
}

/** What {@link multiPolygonToEwkb} has made, read back to the bit. Throws RangeError where it is something else. */
export function multiPolygonFromEwkb(buffer: Buffer): [number, number][][][] {
  if (buffer.readUInt8(0) !== 1 || buffer.readUInt32LE(1) !== 0x20000006)
    throw new RangeError('not a little-endian MultiPolygon with its SRID');
  let at = 9;
  const count = (): number => {
    at += 4;
    return buffer.readUInt32LE(at - 4);
  };
  const point = (): [number, number] => {
    at += 16;
    return [buffer.readDoubleLE(at - 16), buffer.readDoubleLE(at - 8)];
  };
  return Array.from({ length: count() }, () => {
    at += 5;
    return Array.from({ length: count() }, () => Array.from({ length: count() }, point));
  });
}
