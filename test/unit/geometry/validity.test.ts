import { expect } from 'chai';
import fc from 'fast-check';
import { toEqualArea } from '../../../server/geometry/equal_area.ts';
import type { Position } from '../../../server/geometry/positions.ts';
import { checkValidity } from '../../../server/geometry/validity.ts';
import { Problem } from '../../../server/problems.ts';
import { isValidForJts } from '../../support/jts_validity.ts';

type Ring = Position[];

function problemOf(parts: Ring[][]): Problem | null {
  try {
    checkValidity(
      parts.map((rings, part) =>
        rings.map((plane, ring) => ({ part, ring, plane, lonlat: plane, index: plane.map((_, i) => i) })),
      ),
      {},
    );
    return null;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

function closed(points: Ring): Ring | null {
  const ring = points.filter(([x, y], i) => i === 0 || x !== points[i - 1]![0] || y !== points[i - 1]![1]);
  const [first, last] = [ring[0]!, ring[ring.length - 1]!];
  if (first[0] !== last[0] || first[1] !== last[1]) ring.push([first[0], first[1]]);
  return new Set(ring.map(String)).size < 3 ? null : ring;
}

/** Points of a small grid: bow-ties, spikes and touching rings come by themselves. */
const point = (size: number) => fc.tuple(fc.nat(size), fc.nat(size)) as fc.Arbitrary<Position>;
const anyRing = (size: number, most: number) =>
  fc
    .array(point(size), { minLength: 3, maxLength: most })
    .map(closed)
    .filter((ring): ring is Ring => ring !== null);
/** Simple rings: points sorted around their middle. */
const starRing = (size: number) =>
  fc
    .array(point(size), { minLength: 3, maxLength: 9 })
    .map((points) => {
      const [cx, cy] = [0, 1].map(
        (axis) => points.reduce((sum, p) => sum + p[axis]!, 0) / points.length + 0.01,
      );
      return closed(
        points
          .slice()
          .sort((a, b) => Math.atan2(a[1] - cy!, a[0] - cx!) - Math.atan2(b[1] - cy!, b[0] - cx!)),
      );
    })
    .filter((ring): ring is Ring => ring !== null);
const STENCILS: Ring[] = [
  [
    [0, 0],
    [2, 0],
    [2, 2],
    [0, 2],
    [0, 0],
  ],
  [
    [1, 0],
    [2, 1],
    [1, 2],
    [0, 1],
    [1, 0],
  ],
  [
    [0, 0],
    [2, 0],
    [0, 2],
    [0, 0],
  ],
  [
    [0, 0],
    [1, 2],
    [2, 0],
    [0, 0],
  ],
  [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
  ],
  [
    [0, 0],
    [4, 0],
    [4, 4],
    [2, 2],
    [0, 4],
    [0, 0],
  ],
];
const stencil = (room: number) =>
  fc
    .tuple(fc.constantFrom(...STENCILS), fc.nat(room), fc.nat(room), fc.integer({ min: 1, max: 2 }))
    .map(([ring, x, y, k]) => ring.map(([px, py]): Position => [x + k * px, y + k * py]));
const SHELL: Ring = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
  [0, 0],
];

function agree(parts: Ring[][]): void {
  const problem = problemOf(parts);
  const valid = isValidForJts(parts);
  expect(problem === null, `${JSON.stringify(parts)}: ${problem?.code}, JTS says ${valid}`).to.equal(valid);
}

describe('validity, against JTS', () => {
  const runs = { numRuns: 1500 };

  it('agrees on any single ring', () => {
    fc.assert(
      fc.property(anyRing(5, 10), (ring) => agree([[ring]])),
      runs,
    );
  });
  it('agrees on simple rings', () => {
    fc.assert(
      fc.property(starRing(20), (ring) => agree([[ring]])),
      runs,
    );
  });
  it('agrees on holes that touch, overlap, nest and lie outside', () => {
    fc.assert(
      fc.property(fc.array(stencil(9), { minLength: 1, maxLength: 5 }), (holes) =>
        agree([[SHELL, ...holes]]),
      ),
      runs,
    );
  });
  it('agrees on holes in ragged outer rings', () => {
    fc.assert(
      fc.property(starRing(12), fc.array(stencil(9), { maxLength: 3 }), (shell, holes) =>
        agree([[shell, ...holes]]),
      ),
      runs,
    );
  });
  it('agrees on several parts', () => {
    fc.assert(
      fc.property(fc.array(stencil(8), { minLength: 2, maxLength: 5 }), (parts) =>
        agree(parts.map((p) => [p])),
      ),
      runs,
    );
  });
  it('agrees on parts within the holes of others', () => {
    const parts = fc.tuple(
      fc.array(stencil(8), { maxLength: 2 }),
      fc.array(stencil(8), { minLength: 1, maxLength: 3 }),
    );
    fc.assert(
      fc.property(parts, ([holes, others]) => agree([[SHELL, ...holes], ...others.map((p) => [p])])),
      runs,
    );
  });
  it('agrees where the plane makes coordinates uneven', () => {
    const project = ([x, y]: Position): Position => toEqualArea(113.2 + x * 1e-4, 35.2 + y * 1e-4);
    const shapes = fc.tuple(
      starRing(12),
      fc.array(stencil(9), { maxLength: 3 }),
      fc.array(stencil(9), { maxLength: 2 }),
    );
    fc.assert(
      fc.property(shapes, ([shell, holes, others]) => {
        agree(
          [[shell, ...holes], ...others.map((ring) => [ring])].map((part) =>
            part.map((ring) => ring.map(project)),
          ),
        );
      }),
      runs,
    );
  });
  it('the generators find both answers', () => {
    const sample = fc.sample(fc.array(stencil(9), { minLength: 1, maxLength: 5 }), { numRuns: 500, seed: 7 });
    const valid = sample.filter((holes) => isValidForJts([[SHELL, ...holes]])).length;
    expect(valid).to.be.within(25, 475);
  });
});

describe('validity, by name', () => {
  const square = (x: number, y: number, size: number): Ring => [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
    [x, y],
  ];
  const cases: [string, Ring[][], string | null][] = [
    [
      'bow-tie',
      [
        [
          [
            [0, 0],
            [2, 2],
            [2, 0],
            [0, 2],
            [0, 0],
          ],
        ],
      ],
      'self_intersection',
    ],
    [
      'spike',
      [
        [
          [
            [0, 0],
            [4, 0],
            [6, 0],
            [4, 0],
            [4, 4],
            [0, 0],
          ],
        ],
      ],
      'self_intersection',
    ],
    [
      'ring that touches itself',
      [
        [
          [
            [0, 0],
            [4, 0],
            [4, 4],
            [2, 0],
            [0, 4],
            [0, 0],
          ],
        ],
      ],
      'self_intersection',
    ],
    [
      'flat ring',
      [
        [
          [
            [0, 0],
            [1, 1],
            [2, 2],
            [0, 0],
          ],
        ],
      ],
      'self_intersection',
    ],
    ['hole across the outer ring', [[SHELL, square(8, 4, 4)]], 'rings_cross'],
    ['hole along the outer ring', [[SHELL, square(8, 4, 2)]], 'rings_cross'],
    [
      'hole touching the outer ring once',
      [
        [
          SHELL,
          [
            [10, 5],
            [8, 4],
            [8, 6],
            [10, 5],
          ],
        ],
      ],
      null,
    ],
    [
      'hole touching the outer ring twice',
      [
        [
          SHELL,
          [
            [10, 5],
            [5, 4],
            [0, 5],
            [5, 6],
            [10, 5],
          ],
        ],
      ],
      'rings_touch',
    ],
    ['hole outside', [[SHELL, square(12, 12, 2)]], 'hole_outside'],
    ['hole in a hole', [[SHELL, square(2, 2, 6), square(4, 4, 1)]], 'holes_overlap'],
    ['equal holes', [[SHELL, square(2, 2, 6), square(2, 2, 6)]], 'rings_cross'],
    ['overlapping parts', [[square(0, 0, 4)], [square(2, 2, 4)]], 'parts_overlap'],
    ['parts with a common edge', [[square(0, 0, 4)], [square(4, 0, 4)]], 'parts_overlap'],
    ['parts that touch at a corner', [[square(0, 0, 4)], [square(4, 4, 4)]], null],
    ['part inside a part', [[SHELL], [square(2, 2, 4)]], 'parts_overlap'],
    [
      'part inscribed in a part',
      [
        [square(0, 0, 4)],
        [
          [
            [2, 0],
            [4, 2],
            [2, 4],
            [0, 2],
            [2, 0],
          ],
        ],
      ],
      'parts_overlap',
    ],
    ['part in a hole', [[SHELL, square(2, 2, 6)], [square(4, 4, 1)]], null],
    [
      'part inscribed in a hole',
      [
        [SHELL, square(2, 2, 4)],
        [
          [
            [4, 2],
            [6, 4],
            [4, 6],
            [2, 4],
            [4, 2],
          ],
        ],
      ],
      null,
    ],
  ];
  for (const [name, parts, code] of cases) {
    it(`${name}: ${code ?? 'valid'}`, () => {
      expect(problemOf(parts)?.code ?? null).to.equal(code);
      expect(isValidForJts(parts)).to.equal(code === null);
    });
  }
  it('names the edges and the place', () => {
    const problem = problemOf([
      [
        [
          [0, 0],
          [2, 2],
          [2, 0],
          [0, 2],
          [0, 0],
        ],
      ],
    ]);
    expect(problem?.params).to.include({ part: 1, ring: 1, edge_a: '1–2', edge_b: '3–4' });
    expect(problem?.where).to.include({ part: 1, ring: 1, point: '1' });
  });
});
