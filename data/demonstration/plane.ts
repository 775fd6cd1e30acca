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

  /** Easting and northing (metres, local 3° zone, false easting 500 km) of a point of the drawing plane. */
  bend(x: number, y: number): [number, number] {
    const { seed } = this;
    const hills = this.terrain.hilliness(x, y);
    const fine = 3 + 15 * hills;
    const dx =
      420 * noise(seed + 11, x / 4200, y / 4200) +
      55 * noise(seed + 12, x / 800, y / 800) +
      fine * noise(seed + 13, x / 170, y / 170);
    const dy =
      420 * noise(seed + 14, x / 4200, y / 4200) +
      55 * noise(seed + 15, x / 800, y / 800) +
      fine * noise(seed + 16, x / 170, y / 170);
    return [this.#east + x + dx, this.#north + y + dy];
  }

  /** Gives a vertex its longitude and latitude. */
  place(v: Vertex): Vertex {
    if (Number.isNaN(v.lon)) [v.lon, v.lat] = fromLocalZone(...this.bend(v.x, v.y), this.meridian);
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
    const x = (a.x + b.x) / 2;
    const y = (a.y + b.y) / 2;
    const [ae, an] = this.bend(a.x, a.y);
    const [be, bn] = this.bend(b.x, b.y);
    const [e, n] = this.bend(x, y);
    if (length < LONGEST && Math.hypot(e - (ae + be) / 2, n - (an + bn) / 2) < TOLERANCE) return;
    const middle = mesh.vertex(x, y);
    mesh.split(a, b, middle);
    this.#densifyEdge(mesh, a, middle);
    this.#densifyEdge(mesh, middle, b);
  }
}
