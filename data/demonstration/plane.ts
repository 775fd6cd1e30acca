import { fromLocalZone, toLocalZone } from '../../server/geometry/projection.ts';
import type { Mesh, Ring, Vertex } from './mesh.ts';
import { noise } from './noise.ts';
import type { Terrain } from './terrain.ts';

/** Straight edges of the drawing plane may differ from the bent land by so many metres before they get a vertex more. */
const TOLERANCE = 0.4;
const SHORTEST = 10;
const LONGEST = 160;

/**
 * From the drawing plane, in which all borders are straight, to earth: the plane is bent smoothly (roads and field
 * borders curve together, nothing crosses), then laid around the county seat in the local 3° zone.
 */
export class Plane {
  readonly #east: number;
  readonly #north: number;

  constructor(
    private readonly terrain: Terrain,
    private readonly seed: number,
    readonly meridian: number,
    seat: [number, number],
  ) {
    [this.#east, this.#north] = toLocalZone(seat[0], seat[1], meridian);
  }

  /** Gives a vertex its easting and northing (metres, local 3° zone, false easting 500 km). */
  #bend(v: Vertex): Vertex {
    if (!Number.isNaN(v.east)) return v;
    const { seed } = this;
    const { x, y } = v;
    const hills = this.terrain.hilliness(x, y);
    const sway = (n: number): number =>
      420 * noise(seed + n, x / 4200, y / 4200) +
      (55 + 35 * hills) * noise(seed + n + 1, x / 750, y / 750) +
      (3 + 20 * hills) * noise(seed + n + 2, x / 170, y / 170);
    v.east = this.#east + x + sway(11);
    v.north = this.#north + y + sway(14);
    return v;
  }

  /** Gives a vertex its longitude and latitude. */
  place(v: Vertex): Vertex {
    if (Number.isNaN(v.lon)) {
      this.#bend(v);
      [v.lon, v.lat] = fromLocalZone(v.east, v.north, this.meridian);
    }
    return v;
  }

  /** The ring with the vertices that its bent edges need; the same ones for whoever shares an edge, in any mesh. */
  densify(mesh: Mesh, face: Ring): Ring {
    const ring = mesh.expand(face);
    for (let i = 0; i < ring.length; i++) this.#densifyEdge(mesh, ring[i]!, ring[(i + 1) % ring.length]!);
    return mesh.expand(ring);
  }

  #densifyEdge(mesh: Mesh, a: Vertex, b: Vertex): void {
    const length = Math.hypot(a.x - b.x, a.y - b.y);
    if (length < SHORTEST || mesh.splitOf(a, b)) return;
    this.#bend(a);
    this.#bend(b);
    const middle = this.#bend(mesh.vertex((a.x + b.x) / 2, (a.y + b.y) / 2));
    const off = Math.hypot(middle.east - (a.east + b.east) / 2, middle.north - (a.north + b.north) / 2);
    if (length < LONGEST && off < TOLERANCE) return;
    mesh.split(a, b, middle);
    this.#densifyEdge(mesh, a, middle);
    this.#densifyEdge(mesh, middle, b);
  }
}
