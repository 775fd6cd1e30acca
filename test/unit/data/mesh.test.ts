import { expect } from 'chai';
import { clipFaces } from '../../../data/demonstration/clip.ts';
import { cut, cutStrip, lineThrough } from '../../../data/demonstration/cut.ts';
import { areaOf, Mesh, type Ring } from '../../../data/demonstration/mesh.ts';
import { outlines } from '../../../data/demonstration/trace.ts';
import { triangulate } from '../../../data/demonstration/triangulate.ts';

/** A mesh with faces from corners; equal corners are one vertex, which lies on earth where it is drawn. */
function drawn(...faces: [number, number][][]): { mesh: Mesh; rings: Ring[] } {
  const mesh = new Mesh();
  const known = new Map<string, Ring[number]>();
  const rings = faces.map((corners) =>
    corners.map(([x, y]) => {
      const key = `${x} ${y}`;
      const vertex = known.get(key) ?? Object.assign(mesh.vertex(x, y), { lon: x, lat: y });
      known.set(key, vertex);
      return vertex;
    }),
  );
  return { mesh, rings };
}

const square = (x: number, y: number, size = 10): [number, number][] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
];

describe('demonstration mesh', () => {
  it('a cut puts its ends on the neighbours too', () => {
    const { mesh, rings } = drawn(square(0, 0), square(10, 0));
    const halves = cut(mesh, rings[0]!, lineThrough({ x: 5, y: 4 }, 0), 0.1)!;
    expect(areaOf(halves.left)).to.be.closeTo(60, 1e-9);
    expect(areaOf(halves.right)).to.be.closeTo(40, 1e-9);
    expect(mesh.expand(rings[1]!)).to.have.length(5);
    expect(mesh.expand(rings[1]!).some((v) => v.x === 10 && v.y === 4)).to.equal(true);
  });

  it('refuses a line that misses, and leaves nothing behind when refused', () => {
    const { mesh, rings } = drawn(square(0, 0));
    expect(cut(mesh, rings[0]!, lineThrough({ x: 5, y: 40 }, 0), 0.1)).to.equal(null);
    expect(cut(mesh, rings[0]!, lineThrough({ x: 5, y: 4 }, 0), 0.1, () => false)).to.equal(null);
    expect(mesh.expand(rings[0]!)).to.have.length(4);
  });

  it('a strip has its width and takes nothing away', () => {
    const { mesh, rings } = drawn(square(0, 0, 100));
    const { left, right, strip } = cutStrip(mesh, rings[0]!, lineThrough({ x: 50, y: 50 }, 0), 6)!;
    expect(areaOf(strip!)).to.be.closeTo(600, 1e-9);
    expect(areaOf(left) + areaOf(right)).to.be.closeTo(9400, 1e-9);
  });

  it('the outline of faces around a hole has the hole', () => {
    const cells = [0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => square(i * 10, j * 10)));
    const { rings } = drawn(...cells.filter((_, k) => k !== 4));
    const [outline, ...others] = outlines(rings);
    expect(others).to.be.empty;
    expect(outline!.map((r) => areaOf(r))).to.deep.equal([900, -100]);
  });

  it('faces that touch in a corner are two polygons; a hole that touches the border stays a hole', () => {
    const corner = drawn(square(0, 0), square(10, 10));
    expect(outlines(corner.rings)).to.have.length(2);
    const cells = [0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => ({ i, j })));
    const missing = new Set(['0 0', '1 1']);
    const { rings } = drawn(
      ...cells.filter(({ i, j }) => !missing.has(`${i} ${j}`)).map(({ i, j }) => square(i * 10, j * 10)),
    );
    const found = outlines(rings);
    expect(found).to.have.length(1);
    expect(found[0]!.map((r) => areaOf(r))).to.deep.equal([800, -100]);
  });

  it('triangles cover a ring that bends inwards', () => {
    const { rings } = drawn([
      [0, 0],
      [10, 0],
      [10, 10],
      [5, 2],
      [0, 10],
    ]);
    const triangles = triangulate(rings[0]!);
    expect(triangles.every((t) => t.length === 3 && areaOf(t) > 0)).to.equal(true);
    expect(triangles.reduce((sum, t) => sum + areaOf(t), 0)).to.be.closeTo(areaOf(rings[0]!), 1e-9);
  });

  it('clipping keeps the positive side, and neighbours find the same point', () => {
    const { rings } = drawn(square(0, 0), square(10, 0));
    const [outline, ...others] = outlines(clipFaces(rings, (p) => 4 - p.y));
    expect(others).to.be.empty;
    expect(areaOf(outline![0]!)).to.be.closeTo(80, 1e-4);
    expect(outline![0]!.every((v) => v.lat < 4.001)).to.equal(true);
  });
});
