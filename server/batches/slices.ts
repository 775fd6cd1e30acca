/** How large a waiting shape is. */
export interface Size {
  turn: number;
  vertices: number;
  area_m2: number;
}

export interface SliceBounds {
  shapes: number;
  vertices: number;
  m2: number;
}

/** Turns `from` to `to`, the last one included. */
export interface Slice {
  from: number;
  to: number;
  shapes: number;
}

/** Cuts shapes, in their turn, into slices that hold at most so much; a shape that is larger is a slice of its own. */
export function slicesFor(sizes: readonly Size[], bounds: SliceBounds): Slice[] {
  const slices: Slice[] = [];
  let [vertices, m2] = [0, 0];
  for (const size of sizes) {
    const last = slices.at(-1);
    vertices += size.vertices;
    m2 += size.area_m2;
    if (last && last.shapes < bounds.shapes && vertices <= bounds.vertices && m2 <= bounds.m2) {
      last.to = size.turn;
      last.shapes++;
    } else {
      slices.push({ from: size.turn, to: size.turn, shapes: 1 });
      [vertices, m2] = [size.vertices, size.area_m2];
    }
  }
  return slices;
}
