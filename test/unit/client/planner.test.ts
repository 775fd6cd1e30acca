import { expect } from 'chai';
import fc from 'fast-check';
import type { WorkShape } from '../../../client/check/shapes.ts';
import { conflictsOf, silentGroups, unanswered, withoutData } from '../../../client/planner/conflicts.ts';
import { classesWithin, overlapsAmong, roughArea } from '../../../client/planner/estimates.ts';
import { grouped, pivot } from '../../../client/planner/pivot.ts';
import {
  advance,
  EMPTY_PROPOSAL,
  faultsOf,
  MOST_PARCELS,
  questionOf,
} from '../../../client/planner/proposal.ts';
import {
  type Answered,
  type CrossRow,
  crossBlocks,
  inOtherUnits,
  roundedTo,
  sumM2,
} from '../../../client/planner/sums.ts';
import { chinaDay } from '../../../client/text/china_day.ts';
import type { OverlayAnswer } from '../../../server/contract/index.ts';
import { officialArea } from '../../support/official_area.ts';
import { cells, polygon, type Ring } from '../../support/test_land.ts';

const cents = fc.integer({ min: 0, max: 1_000_000_000 }).map((whole) => whole / 100);

const shape = (id: string, ring: Ring): WorkShape => ({
  id,
  source: 'file',
  name: id,
  geometry: polygon(ring),
  checkable: polygon(ring),
  area_m2: 1,
  official: true,
  stated_area_m2: null,
  accuracy_m: null,
  datum: null,
});
const cross = (over: Partial<CrossRow>): CrossRow => ({
  class_code: '0102',
  class_name: '水浇地',
  village_code: 'v',
  slope_class: null,
  ownership: null,
  zone_code: null,
  zone_name: null,
  area_m2: 1,
  net_area_m2: 1,
  parcel: 'p1',
  ...over,
});
const layer = (key: string, over: object) => ({
  layer: key,
  title: key,
  status: 'not_affected',
  reason: null,
  area_m2: 0,
  share: 0,
  uncovered_m2: 0,
  below_threshold_m2: 0,
  threshold_m2: 1,
  certainty: null,
  hits: [],
  version: [],
  rank: 10,
  ...over,
});
const answered = (id: string, layers: object[], tables: object[] = []): Answered => ({
  id,
  name: id,
  answer: { area_m2: 100, layers, cross: tables, land_use: [] } as unknown as OverlayAnswer,
});

describe('the planner’s sums', () => {
  it('are exact to the cent, as whole numbers are', () => {
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 50 }), (values) => {
        const exact = values.reduce((sum, value) => sum + BigInt(Math.round(value * 100)), 0n);
        expect(BigInt(Math.round(sumM2(values) * 100))).to.equal(exact);
      }),
    );
  });

  it('have columns of mu and hectares that add up to their rounded sum, none off by a unit or more', () => {
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1, maxLength: 30 }), (values) => {
        const { mu, ha } = inOtherUnits(values);
        const total = values.reduce((sum, value) => sum + value, 0);
        expect(sumM2(mu)).to.be.closeTo(Math.round((total * 3) / 20) / 100, 0.0051);
        for (const [i, value] of mu.entries())
          expect(Math.abs(value - (values[i]! * 3) / 2000)).to.be.lessThan(0.0101);
        for (const [i, value] of ha.entries())
          expect(Math.abs(value - values[i]! / 10_000)).to.be.lessThan(0.000101);
      }),
    );
    expect(roundedTo([1 / 3, 1 / 3, 1 / 3], 2)).to.deep.equal([0.34, 0.33, 0.33]);
  });

  it('count the land of a parcel that a layer does not meet as outside, and one it has no data for not at all', () => {
    const met = answered(
      'p1',
      [layer('a', { status: 'affected' }), layer('b', { rank: 20 })],
      [{ layer: 'a', status: 'complete', cells: [cross({ zone_code: 'z', area_m2: 60 })] }],
    );
    const free = answered(
      'p2',
      [layer('a', {}), layer('b', {})],
      [{ layer: 'b', status: 'complete', cells: [cross({ area_m2: 40, zone_code: 'y' })] }],
    );
    const silent = answered('p3', [layer('a', { status: 'no_data' })], []);
    const [block] = crossBlocks([met, free, silent]);
    expect(block!.rows.map(({ parcel, zone_code, area_m2 }) => [parcel, zone_code, area_m2])).to.deep.equal([
      ['p1', 'z', 60],
      ['p2', null, 40],
    ]);
    expect(block!.missing).to.deep.equal(['p3']);
  });

  it('are the same however the cross table is cut and sorted', () => {
    const code = fc.constantFrom('1', '2', null);
    const row = fc
      .record({ class_code: fc.constantFrom('a', 'b'), zone_code: code, village_code: code, area_m2: cents })
      .map((over) => cross({ ...over, net_area_m2: over.area_m2 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), fc.boolean(), (rows, down) => {
        const whole = sumM2(rows.map(({ area_m2 }) => area_m2));
        const groups = grouped(pivot(rows, ['class', 'zone', 'village']), { by: 'area_m2', down });
        expect(sumM2(groups.map(({ area_m2 }) => area_m2))).to.equal(whole);
        const figures = groups.map(({ area_m2 }) => area_m2);
        expect(figures).to.deep.equal([...figures].sort((a, b) => (down ? b - a : a - b)));
      }),
    );
  });
});

describe('the planner’s conflicts', () => {
  const rule = (outcome: string) => ({ id: outcome, outcome, text: outcome, articles: [], office: {} });
  it('stand by what the rule book says, then by rank; land use only where a rule objects', () => {
    const hit = [{ code: 'x', name: 'x', area_m2: 5 }];
    const parcels = [
      answered('p1', [
        layer('low', { status: 'affected', rank: 50, hits: hit, area_m2: 5, rules: [rule('conflict')] }),
        layer('high', { status: 'affected', rank: 10, hits: hit, area_m2: 5, rules: [rule('permit')] }),
        layer('land_use', { status: 'affected', hits: hit, area_m2: 100, rules: [rule('clear')] }),
      ]),
      answered('p2', [layer('high', { status: 'affected', rank: 10, hits: hit, area_m2: 0.1 })]),
    ];
    const conflicts = conflictsOf(parcels);
    expect(conflicts.map((each) => each.layer)).to.deep.equal(['low', 'high']);
    expect(conflicts[1]!.area_m2).to.equal(5.1);
  });

  it('name the parcels that no layer has data for, and no others', () => {
    const none = layer('a', { status: 'no_data' });
    const parcels = [
      answered('outside', [none, none]),
      answered('partly', [none, layer('b', {})]),
      answered('failed', [none, layer('b', { status: 'failed' })]),
      answered('nothing asked', []),
    ];
    expect(withoutData(parcels).map(({ id }) => id)).to.deep.equal(['outside']);
  });

  it('never hide a layer without an answer, and say it once where all parcels share it', () => {
    const none = layer('a', { status: 'no_data', uncovered_m2: 100 });
    const part = layer('b', { status: 'affected', uncovered_m2: 30 });
    const parcels = [answered('p1', [none, part]), answered('p2', [none])];
    const groups = silentGroups(unanswered(parcels), parcels);
    expect(groups.map(({ titles, parcels: told }) => [titles, told.map(({ id }) => id)])).to.deep.equal([
      [['a'], []],
      [['b'], ['p1']],
    ]);
  });
});

describe('a proposal', () => {
  const unnamed = (n: number) => `#${n}`;
  const numbered = (name: string, n: number) => `${name}（${n}）`;
  it('takes what has an extent, up to its bound, and takes the last step back', () => {
    const point = {
      ...shape('x', cells(0, 0, 1, 1)),
      checkable: { type: 'Point' as const, coordinates: [1, 2] },
    };
    let proposal = advance(EMPTY_PROPOSAL, {
      do: 'add',
      shapes: [shape('一', cells(0, 0, 1, 1)), point, { ...shape('', cells(1, 0, 2, 1)), name: ' ' }],
      unnamed,
      numbered,
    });
    expect(proposal.parcels.map(({ id, name }) => [id, name])).to.deep.equal([
      ['p1', '一'],
      ['p2', '#2'],
    ]);
    proposal = advance(proposal, { do: 'remove', id: 'p1' });
    proposal = advance(advance(proposal, { do: 'take_back' }), { do: 'take_back' });
    expect(proposal.parcels).to.have.length(2);
    const many = Array.from({ length: MOST_PARCELS + 5 }, (_, i) => shape(`${i}`, cells(0, 0, 1, 1)));
    expect(advance(proposal, { do: 'add', shapes: many, unnamed, numbered }).parcels).to.have.length(
      MOST_PARCELS,
    );
  });

  it('keeps an accuracy that is none as it was typed, and is not asked with it', () => {
    const typed = (text: string) => advance(EMPTY_PROPOSAL, { do: 'set_accuracy', typed: text });
    for (const [text, accuracy_m] of [
      ['0.5', 0.5],
      ['.5', 0.5],
      [' ２ ', 2],
      ['1000', 1000],
      ['', null],
    ] as const) {
      expect(typed(text), text).to.include({ accuracy_m, accuracy_wrong: null });
      expect(faultsOf(typed(text), '2026-01-01'), text).to.deep.equal([]);
    }
    for (const text of ['-5', '2000', 'abc', '0', '1e2', '0.001', '5 m']) {
      expect(typed(text), text).to.include({ accuracy_m: null, accuracy_wrong: text });
      expect(faultsOf(typed(text), '2026-01-01'), text).to.deep.equal(['accuracy']);
      expect(questionOf(typed(text), 'zh', '')).not.to.equal(questionOf(EMPTY_PROPOSAL, 'zh', ''));
    }
  });

  it('is asked for no day that has not come, by the calendar of China', () => {
    const today = chinaDay(new Date('2026-11-22T16:30:00Z'));
    expect(today).to.equal('2026-11-23');
    const faults = (as_of: string | null) => faultsOf({ ...EMPTY_PROPOSAL, as_of }, today);
    for (const day of [null, today, '1949-10-01', '1999-12-31']) expect(faults(day)).to.deep.equal([]);
    for (const day of ['2026-11-24', '2099-01-01', '0002-01-01', '1949-09-30'])
      expect(faults(day), day).to.deep.equal(['day']);
  });

  it('numbers names that are there already, so that parcels can be told apart', () => {
    const shapes = [shape('二', cells(0, 0, 1, 1)), shape('二', cells(1, 0, 2, 1))];
    const once = advance(EMPTY_PROPOSAL, { do: 'add', shapes, unnamed, numbered });
    const twice = advance(once, { do: 'add', shapes, unnamed, numbered });
    expect(twice.parcels.map(({ name }) => name)).to.deep.equal(['二', '二（2）', '二（3）', '二（4）']);
  });

  it('never gives an id twice: an answer would stand for another shape', () => {
    let proposal = advance(EMPTY_PROPOSAL, {
      do: 'add',
      shapes: [shape('a', cells(0, 0, 1, 1))],
      unnamed,
      numbered,
    });
    proposal = advance(proposal, { do: 'take_back' });
    proposal = advance(proposal, { do: 'add', shapes: [shape('b', cells(1, 1, 2, 2))], unnamed, numbered });
    expect(proposal.parcels.map(({ id }) => id)).to.deep.equal(['p2']);
  });
});

describe('estimates while drawing', () => {
  it('stay within half a per cent of the official areas, anywhere in China', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 74, max: 134, noNaN: true }),
        fc.double({ min: 18, max: 53, noNaN: true }),
        fc.double({ min: 0.0002, max: 0.02, noNaN: true }),
        (lon, lat, size) => {
          const ring: Ring = [
            [lon, lat],
            [lon + size, lat],
            [lon + size, lat + size],
            [lon, lat + size],
            [lon, lat],
          ];
          const official = officialArea([ring]);
          expect(Math.abs(roughArea(polygon(ring)) / official - 1)).to.be.lessThan(0.006);
          const half: Ring = [ring[0]!, ring[1]!, ring[2]!, ring[0]!];
          const zone = {
            type: 'FeatureCollection' as const,
            features: [
              { type: 'Feature' as const, properties: { code: 'z', name: 'z' }, geometry: polygon(half) },
            ],
          };
          const [found] = classesWithin(polygon(ring), zone);
          expect(Math.abs(found!.area_m2 / officialArea([half]) - 1)).to.be.lessThan(0.006);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('find overlapping parcels, not those that share a border', () => {
    const parcels = [
      { id: 'a', geometry: polygon(cells(0, 0, 1, 1)) },
      { id: 'b', geometry: polygon(cells(1, 0, 2, 1)) },
      { id: 'c', geometry: polygon(cells(1.5, 0, 2.5, 1)) },
    ];
    const found = overlapsAmong(parcels);
    expect(found.map(({ a, b }) => a + b)).to.deep.equal(['bc']);
    expect(found[0]!.area_m2! / officialArea([cells(1.5, 0, 2, 1)])).to.be.closeTo(1, 0.006);
  });
});
