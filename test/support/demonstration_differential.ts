import { expect } from 'chai';
import GeometryFactory from 'jsts/org/locationtech/jts/geom/GeometryFactory.js';
import STRtree from 'jsts/org/locationtech/jts/index/strtree/STRtree.js';
import GeoJSONReader from 'jsts/org/locationtech/jts/io/GeoJSONReader.js';
import SnapIfNeededOverlayOp from 'jsts/org/locationtech/jts/operation/overlay/snap/SnapIfNeededOverlayOp.js';
import type { Knex } from 'knex';
import { readShape, type Shape, toEqualArea } from '../../server/geometry/index.ts';
import type { LandCounty } from '../../server/layers/index.ts';
import { overlayShape, type SettledLayer } from '../../server/overlay/index.ts';
import { Problem } from '../../server/problems.ts';
import { random } from './random_shapes.ts';

interface Geometry {
  getArea(): number;
  getEnvelopeInternal(): object;
}
interface Tree {
  insert(box: object, item: number): void;
  query(box: object): { toArray(): number[] };
}

const reader = new GeoJSONReader(new GeometryFactory()) as { read(geometry: unknown): Geometry };
const INTERSECTION = 1;
const AS_OF = '2026-11-22';
/** A differing outcome is a fault farther than this from a threshold, m². */
const TOLERANCE_M2 = 0.01;

/** Areas of a version by JSTS, an engine that shares nothing with GEOS but its ancestry. */
interface LayerLand {
  layer: string;
  codes: string[];
  geometries: Geometry[];
  tree: Tree;
  coverage: Geometry;
}

/** The land of a county in the equal-area plane, moved to its own corner, so that double precision is kept. */
export class LandByJsts {
  readonly #layers: LayerLand[];
  readonly #origin: readonly [number, number];
  /** lon, lat of vertices of parcels and zones, to set shapes' corners on */
  readonly corners: number[][];

  constructor(county: LandCounty) {
    const first = county.versions[0]!.coverage.coordinates[0]![0]![0]!;
    this.#origin = toEqualArea(first[0]!, first[1]!) as [number, number];
    this.corners = [];
    this.#layers = county.versions.map((version) => {
      const tree = new STRtree() as Tree;
      const [codes, geometries]: [string[], Geometry[]] = [[], []];
      for (const { class_code, geometry } of version.features()) {
        const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
        this.corners.push(...parts[0]![0]!.slice(0, 2));
        const read = this.#read(parts);
        tree.insert(read.getEnvelopeInternal(), geometries.length);
        geometries.push(read);
        codes.push(class_code);
      }
      return {
        layer: version.layer,
        codes,
        geometries,
        tree,
        coverage: this.#read(version.coverage.coordinates),
      };
    });
  }

  #read(lonlat: readonly number[][][][]): Geometry {
    return this.plane(lonlat.map((part) => part.map((ring) => ring.map(([x, y]) => toEqualArea(x!, y!)))));
  }

  /** From metres of EPSG:6933. */
  plane(parts: readonly (readonly (readonly (readonly number[])[])[])[]): Geometry {
    const [x0, y0] = this.#origin;
    const coordinates = parts.map((part) => part.map((ring) => ring.map(([x, y]) => [x! - x0, y! - y0])));
    return reader.read({ type: 'MultiPolygon', coordinates });
  }

  /** Of each layer: area of the shape by class and what its coverage leaves out, m². */
  areasIn(shape: Shape): Map<string, { classes: Map<string, number>; uncovered: number }> {
    const given = this.plane(shape.plane);
    const common = (other: Geometry) =>
      (SnapIfNeededOverlayOp.overlayOp(given, other, INTERSECTION) as Geometry).getArea();
    return new Map(
      this.#layers.map(({ layer, codes, geometries, tree, coverage }) => {
        const classes = new Map<string, number>();
        for (const i of tree.query(given.getEnvelopeInternal()).toArray())
          classes.set(codes[i]!, (classes.get(codes[i]!) ?? 0) + common(geometries[i]!));
        const covered =
          layer === 'land_use' ? [...classes.values()].reduce((a, b) => a + b, 0) : common(coverage);
        return [layer, { classes, uncovered: Math.max(0, shape.area_m2 - covered) }];
      }),
    );
  }
}

/** Star-shaped shapes of 3 m to 400 m around corners of parcels, some with vertices on corners or a hair beside them. */
function* shapes(land: LandByJsts, count: number, seed: number): Generator<Shape> {
  const next = random(seed);
  const corner = () => land.corners[Math.floor(next() * land.corners.length)]!;
  const near = (around: number[], reach: number) =>
    land.corners.filter(([x, y]) => Math.hypot(x! - around[0]!, y! - around[1]!) < reach);
  for (let made = 0; made < count; ) {
    const around = corner();
    const reach = 3e-5 * 10 ** (next() * 2.1);
    const vertices = 3 + Math.floor(next() * 30);
    const set = next() < 0.5 ? near(around, reach) : [];
    const ring = Array.from({ length: vertices }, (_, i) => {
      const angle = ((i + 0.8 * next()) / vertices) * 2 * Math.PI;
      const radius = reach * (0.4 + 0.6 * next());
      return [around[0]! + radius * Math.cos(angle), around[1]! + radius * Math.sin(angle)];
    });
    for (const [x, y] of set.slice(0, 3)) {
      const hair = next() < 0.5 ? 0 : 10 ** -(8 + 4 * next());
      ring[Math.floor(next() * ring.length)] = [x! + hair, y! - hair];
    }
    try {
      yield readShape({ type: 'Polygon', coordinates: [[...ring, ring[0]!]] }, {});
      made++;
    } catch (error) {
      // what is no valid shape is refused, and not this test's matter
      if (!(error instanceof Problem)) throw error;
    }
  }
}

function compare(
  row: SettledLayer,
  { classes, uncovered }: { classes: ReadonlyMap<string, number>; uncovered: number },
  shape: Shape,
): void {
  const where = `${row.layer.key} of ${JSON.stringify(shape.geometry.coordinates)}`;
  expect(row.status, `${where}: ${row.reason}`).not.to.equal('failed');
  expect(row.uncovered_m2, `uncovered: ${where}`).to.be.closeTo(uncovered, TOLERANCE_M2);
  for (const code of new Set([...classes.keys(), ...[...row.hits, ...row.traces].map((hit) => hit.code)])) {
    const found = [...row.hits, ...row.traces].find((hit) => hit.code === code)?.area_m2 ?? 0;
    expect(found, `${code}: ${where}`).to.be.closeTo(classes.get(code) ?? 0, TOLERANCE_M2);
  }
  const total = [...classes.values()].reduce((sum, area) => sum + area, 0);
  const least = Math.min(row.layer.threshold_m2, shape.area_m2 / 2);
  if (Math.abs(total - least) > TOLERANCE_M2)
    expect(row.status === 'affected', where).to.equal(total > least);
  if (row.status !== 'affected' && Math.abs(uncovered) > 2 * TOLERANCE_M2)
    expect(row.status, where).to.equal('no_data');
}

/** Overlays `count` shapes on demonstration land; each layer's areas and outcome must be what JSTS says. */
export async function compareOnDemonstration(
  db: Knex.Transaction,
  gridSize: number,
  land: LandByJsts,
  { count, seed }: { count: number; seed: number },
): Promise<number> {
  let affected = 0;
  for (const shape of shapes(land, count, seed)) {
    const expected = land.areasIn(shape);
    const { layers } = await overlayShape(
      db,
      { shape, layers: [...expected.keys()], asOf: AS_OF },
      { gridSize },
    );
    for (const row of layers) {
      compare(row, expected.get(row.layer.key)!, shape);
      if (row.status === 'affected') affected++;
    }
  }
  return affected;
}
