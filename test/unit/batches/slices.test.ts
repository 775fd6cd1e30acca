import { expect } from 'chai';
import fc from 'fast-check';
import { inLanes } from '../../../server/batches/lanes.ts';
import { groundOrder } from '../../../server/batches/order.ts';
import { slicesFor } from '../../../server/batches/slices.ts';

const sizes = fc.array(
  fc.record({ vertices: fc.integer({ min: 3, max: 100 }), area_m2: fc.integer({ min: 1, max: 1000 }) }),
  { maxLength: 200 },
);

describe('slices of a batch', () => {
  it('hold every shape once, in order, and no more than the bounds unless one shape alone does', () => {
    fc.assert(
      fc.property(sizes, (all) => {
        const given = all.map((size, i) => ({ turn: 3 * i, ...size }));
        const slices = slicesFor(given, { shapes: 10, vertices: 300, m2: 3000 });
        const held = slices.map(({ from, to }) => given.filter(({ turn }) => turn >= from && turn <= to));
        expect(held.flat()).to.deep.equal(given);
        held.forEach((slice, i) => {
          expect(slice.length).to.equal(slices[i]!.shapes);
          const sum = (key: 'vertices' | 'area_m2') => slice.reduce((total, size) => total + size[key], 0);
          if (slice.length > 1)
            expect(sum('vertices') <= 300 && sum('area_m2') <= 3000 && slice.length <= 10).to.equal(true);
        });
      }),
    );
  });

  it('are few where the shapes are small', () => {
    const all = Array.from({ length: 1000 }, (_, turn) => ({ turn, vertices: 5, area_m2: 600 }));
    expect(slicesFor(all, { shapes: 250, vertices: 40_000, m2: 50_000_000 })).to.have.length(4);
  });
});

describe('the order of a batch', () => {
  const points = fc.array(
    fc.tuple(fc.double({ min: 73, max: 136, noNaN: true }), fc.double({ min: 3, max: 54, noNaN: true })),
  );

  it('holds every shape once', () => {
    fc.assert(
      fc.property(points, (all) => {
        const order = groundOrder(all.map(([x, y]) => [x, y, x, y]));
        expect([...order].sort((a, b) => a - b)).to.deep.equal(all.map((_, i) => i));
      }),
    );
  });

  it('goes from each field of a grid to one beside it, as a Hilbert curve does', () => {
    const fields = Array.from({ length: 256 }, (_, i) => [i % 16, Math.floor(i / 16)] as const);
    const order = groundOrder(fields.map(([x, y]) => [x, y, x + 1, y + 1]));
    const steps = order
      .slice(1)
      .map(
        (to, i) =>
          Math.abs(fields[to]![0] - fields[order[i]!]![0]) + Math.abs(fields[to]![1] - fields[order[i]!]![1]),
      );
    expect(new Set(steps)).to.deep.equal(new Set([1]));
  });
});

describe('lanes', () => {
  const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it('hand on in order, with so many at once and no more', async () => {
    let [now, most] = [0, 0];
    const found: number[] = [];
    const work = async (n: number) => {
      most = Math.max(most, ++now);
      await later((7 * n) % 5);
      now--;
      return n;
    };
    for await (const n of inLanes([1, 2, 3, 4, 5, 6, 7], 3, work)) found.push(n);
    expect(found).to.deep.equal([1, 2, 3, 4, 5, 6, 7]);
    expect(most).to.equal(3);
  });

  it('hand the first failure on, begin nothing more, and wait for what is under way', async () => {
    const begun: number[] = [];
    let ended = 0;
    const work = async (n: number) => {
      begun.push(n);
      await later(5 * n);
      ended++;
      if (n === 2) throw new Error('two');
      return n;
    };
    const found: number[] = [];
    const all = async () => {
      for await (const n of inLanes([1, 2, 3, 4, 5], 2, work)) found.push(n);
    };
    expect(await all().catch((error: Error) => error.message)).to.equal('two');
    expect(found).to.deep.equal([1]);
    expect(begun).to.deep.equal([1, 2, 3]);
    expect(ended).to.equal(3);
  });
});
