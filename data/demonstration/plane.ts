import { fromLocalZone, toLocalZone } from '../../server/geometry/projection.ts';
import type { Mesh, Ring, Vertex } from './mesh.ts';
import { noise } from './noise.ts';
import type { Terrain } from './terrain.ts';

/** How closely straight edges follow the bent land. Metres. */
export interface Smoothness {
  /** an edge that differs by more from the bend gets a vertex more … */
  tolerance: number;
  /** … measured in its middle, or at more places of it */
  places: number[];
  shortest: number;
  longest: number;
}

export const COARSE: Smoothness = { tolerance: 0.4, places: [0.5], shortest: 10, longest: 160 };
/** For small parcels: a bend that is missed between two vertices would cross the neighbouring border. */
export const FINE: Smoothness = { tolerance: 0.1, places: [0.5, 0.25, 0.75], shortest: 4, longest: 60 };

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
    private readonly smoothness: Smoothness = COARSE,
  ) {
    [this.#east, this.#north] = toLocalZone(seat[0], seat[1], meridian);
  }

  /** Gives a vertex its easting and northing (metres, local 3° zone, false easting 500 km). */
  #bend(v: Vertex): Vertex {
    if (Number.isNaN(v.east)) [v.east, v.north] = this.#bent(v.x, v.y);
    return v;
  }

  #bent(x: number, y: number): [number, number] {
    const { seed } = this;
    const hills = this.terrain.hilliness(x, y);
    const sway = (n: number): number =>
      420 * noise(seed + n, x / 4200, y / 4200) +
      (55 + 35 * hills) * noise(seed + n + 1, x / 750, y / 750) +
      (3 + 20 * hills) * noise(seed + n + 2, x / 170, y / 170);
    return [this.#east + x + sway(11), this.#north + y + sway(14)];
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
    const { shortest, longest } = this.smoothness;
    const length = Math.hypot(a.x - b.x, a.y - b.y);
    if (length < shortest || mesh.splitOf(a, b)) return;
    this.#bend(a);
    this.#bend(b);
    const middle = this.#bend(mesh.vertex((a.x + b.x) / 2, (a.y + b.y) / 2));
    if (length < longest && this.#isStraight(a, b, middle)) return;
    mesh.split(a, b, middle);
    this.#densifyEdge(mesh, a, middle);
    this.#densifyEdge(mesh, middle, b);
  }

  /** Whether the bent edge stays near the straight one; the same answer from either end. */
  #isStraight(a: Vertex, b: Vertex, middle: Vertex): boolean {
    return this.smoothness.places.every((t) => {
      const [east, north] =
        t === 0.5 ? [middle.east, middle.north] : this.#bent(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y));
      const off = [east - a.east - t * (b.east - a.east), north - a.north - t * (b.north - a.north)];
      return Math.hypot(off[0]!, off[1]!) < this.smoothness.tolerance;
    });
  }
}
