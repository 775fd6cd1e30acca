import { expect } from 'chai';
import fc from 'fast-check';
import { ACTIVITIES, LAYER_KEYS, LAYER_STATUSES } from '../../../server/contract/index.ts';
import { judge, type LayerFinding } from '../../../server/rules/index.ts';
import { detailsOf, hit, landWith, rules, SURVEY_CODES, strength } from './cases.ts';

const code = fc.constantFrom(...SURVEY_CODES, '', '9999');
const area_m2 = fc.double({ min: 0.01, max: 1e5, noNaN: true });
const row = fc.record({
  layer: fc.constantFrom<string>(...LAYER_KEYS),
  status: fc.constantFrom(...LAYER_STATUSES),
  hits: fc.array(fc.record({ code, area_m2 }), { maxLength: 4 }),
  uncovered_m2: fc.constantFrom(0, 0, 3),
});
/** Every layer examined and an orchard below, so that clear and permit can come out, with up to three rows as odd as can be. */
const land = fc
  .uniqueArray(row, { maxLength: 3, selector: ({ layer }) => layer })
  .map((odd): LayerFinding[] =>
    landWith('land_use', { hits: hit('0201', 100) }).map(
      (plain) => odd.find(({ layer }) => layer === plain.layer) ?? plain,
    ),
  );
/** What an overlay can find more of: a layer that was examined and is not contradicting itself. */
const examined = ({ layer, status, hits }: LayerFinding): boolean =>
  status === 'affected' ? hits.length > 0 : status === 'not_affected' && layer !== 'land_use';

const question = fc.constantFrom(...ACTIVITIES).chain((activity) =>
  fc.record({
    activity: fc.constant(activity),
    details: fc.constantFrom(...detailsOf(activity)),
    on: fc.constantFrom('2019-01-01', '2020-06-01', '2022-01-01', '2024-12-31', '2026-11-22'),
    positionUncertain: fc.boolean(),
    region: fc.constantFrom(undefined, '410821', '411221', '140105'),
  }),
);

describe('judge, whatever it is given', () => {
  it('never gets weaker by one more hit', () => {
    fc.assert(
      fc.property(question, land, fc.nat(), code, (asked, layers, at, extra) => {
        const grown = at % layers.length;
        const { status, hits } = layers[grown]!;
        fc.pre(examined(layers[grown]!));
        const old = status === 'affected' ? hits : [];
        const more = layers.with(grown, {
          ...layers[grown]!,
          status: 'affected',
          hits: [...old, { code: extra, area_m2: 7 }],
        });
        const before = judge({ ...asked, layers }, rules).outcome;
        expect(strength(judge({ ...asked, layers: more }, rules).outcome)).to.be.at.least(strength(before));
      }),
      { numRuns: 500 },
    );
  });

  it('is never clear or to be approved when a required layer is missing, without data, failed or not covering', () => {
    fc.assert(
      fc.property(
        question,
        land,
        fc.nat(),
        fc.constantFrom('missing', 'no_data', 'failed', 'open'),
        (asked, layers, at, fault) => {
          const required = rules.activities.get(asked.activity)!.requires;
          const layer = required[at % required.length]!;
          const rest = layers.filter((row) => row.layer !== layer);
          const broken: LayerFinding[] =
            fault === 'missing'
              ? rest
              : [
                  ...rest,
                  {
                    layer,
                    status: fault === 'open' ? 'affected' : (fault as 'no_data' | 'failed'),
                    hits: [{ code: '0201', area_m2: 5 }],
                    uncovered_m2: 2,
                  },
                ];
          expect(['conflict', 'unknown']).to.include(judge({ ...asked, layers: broken }, rules).outcome);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of the layers', () => {
    fc.assert(
      fc.property(question, land, (asked, layers) => {
        const [there, back] = [layers, layers.toReversed()].map((order) =>
          judge({ ...asked, layers: order }, rules),
        );
        expect(back!.outcome).to.equal(there!.outcome);
        expect(back!.questions).to.deep.equal(there!.questions);
      }),
      { numRuns: 200 },
    );
  });

  it('is no weaker without an answer than with any, and leaves its input alone', () => {
    fc.assert(
      fc.property(question, land, (asked, layers) => {
        const kept = structuredClone(layers);
        const open = judge({ ...asked, details: {}, layers }, rules).outcome;
        const answered = judge({ ...asked, layers }, rules).outcome;
        expect(strength(open)).to.be.at.least(strength(answered));
        expect(layers).to.deep.equal(kept);
      }),
      { numRuns: 300 },
    );
  });
});
