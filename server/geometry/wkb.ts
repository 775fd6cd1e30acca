/** Polygons as arrays [polygon][ring][point][x, y]. */
export type Polygons = readonly (readonly (readonly (readonly number[])[])[])[];

/**
 * Little-endian EWKB of a MultiPolygon (OGC 06-103r4 §8.2.8; the SRID flag is PostGIS's).
 * Rings must be closed. Coordinates keep full double precision.
 */
export function multiPolygonToEwkb(polygons: Polygons, srid: number): Buffer {
  let size = 13;
  for (const polygon of polygons) {
    size += 9;
    for (const ring of polygon) size += 4 + 16 * ring.length;
  }
  const buffer = Buffer.allocUnsafe(size);
  let at = buffer.writeUInt8(1, 0);
  at = buffer.writeUInt32LE(0x20000006, at);
  at = buffer.writeUInt32LE(srid, at);
  at = buffer.writeUInt32LE(polygons.length, at);
  for (const polygon of polygons) {
    at = buffer.writeUInt8(1, at);
    at = buffer.writeUInt32LE(3, at);
    at = buffer.writeUInt32LE(polygon.length, at);
    for (const ring of polygon) {
      at = buffer.writeUInt32LE(ring.length, at);
      for (const point of ring) {
        at = buffer.writeDoubleLE(point[0]!, at);
        at = buffer.writeDoubleLE(point[1]!, at);
      }
    }
  }
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
