import { expect } from 'chai';
import { copySource, type Mutant, mutate, runTests } from '../../support/mutants.ts';

const TESTS = 'test/unit/overlay/';
const SETTLE = { file: 'server/overlay/settle_layer.ts', tests: [`${TESTS}settle.test.ts`] };
const LAND = { file: 'server/overlay/check_land.ts', tests: [`${TESTS}guards.test.ts`] };
const SURE = { file: 'server/overlay/certainty.ts', tests: [`${TESTS}guards.test.ts`] };
const CROSS = { file: 'server/overlay/cross_shape.ts', tests: [`${TESTS}guards_cross.test.ts`] };
const STATEMENTS = [`${TESTS}guards_statements.test.ts`];
const SHAPE = { file: 'server/overlay/overlay_shape.ts', tests: STATEMENTS };
const MEASURED = { file: 'server/overlay/settle_shape.ts', tests: STATEMENTS };
const SAVEPOINT = { file: 'server/db/savepoint.ts', tests: STATEMENTS };

/** [what is removed, where, the guard as it stands there, what stands there without it] */
const GUARDS: [string, Pick<Mutant, 'file' | 'tests'>, string, string][] = [
  ['conservation of a layer', SETTLE, 'Math.abs(sum - covered_m2) <= tolerance(covered_m2) &&', ''],
  ['no more covered than the shape is', SETTLE, 'covered_m2 <= shape_m2 + slack &&', ''],
  ['no place claimed by two counties', SETTLE, 'shared_m2 <= slack &&', ''],
  ['no negative area', SETTLE, 'net_area_m2 >= -slack && ', ''],
  ['no more net than gross', SETTLE, '&& net_area_m2 <= area_m2 + slack', ''],
  [
    'finite areas',
    SETTLE,
    "every(Number.isFinite)) return 'not_finite'",
    "every(() => true)) return 'not_finite'",
  ],
  ['coverage of the whole shape', SETTLE, 'shape_m2 - covered_m2 + gaps', 'gaps'],
  ['gaps of the survey', SETTLE, "layer.kind === 'land_use' ? outsideOf(parts) : 0", '0'],
  ['no_data without a version', SETTLE, 'if (versions.length === 0) {', 'if (versions.length < 0) {'],
  ['the threshold', SETTLE, 'if (sumOf(found) < threshold) return', 'if (sumOf(found) < 0) return'],
  [
    'the threshold of small shapes',
    SETTLE,
    'Math.min(layer.threshold_m2, shape_m2 / 2)',
    'layer.threshold_m2',
  ],
  ['the largest class counts', SETTLE, 'Math.min(threshold, found[0]?.area_m2 ?? 0)', 'threshold'],
  ['traces are told', SETTLE, 'found.filter(({ area_m2 }) => area_m2 < least)', '[] as ClassArea[]'],
  ['the tolerance of small shapes', SETTLE, 'Math.min(0.01, 1e-4 * area_m2)', '0.01'],
  ['one version a county', LAND, 'counties.size === versions.length &&', ''],
  ['versions of the counties asked', LAND, 'land.counties.includes(version.county_code) && ', ''],
  ['versions in force', LAND, '&& isInForce(version, day)', ''],
  ['a registry', LAND, 'if (layers.length === 0)', 'if (layers.length < 0)'],
  [
    'certainty of what is examined',
    SURE,
    "grown.status === 'not_affected' && grown",
    "grown.status !== 'affected' && grown",
  ],
  ['certainty below the threshold', SURE, '&& grown.below_threshold_m2 === 0', ''],
  [
    'a cross table of layers that have not failed',
    CROSS,
    "land.status === 'failed' || zone.status === 'failed'",
    'false',
  ],
  ['finite cells', CROSS, 'Number.isFinite(gross(cell)) && Number.isFinite(net(cell))', 'true || cell'],
  ['conservation of a cross table', CROSS, 'within(total(cells), most, Math.min(...uncovered)) &&', ''],
  [
    'conservation by land class',
    CROSS,
    'classesOf(land).every((row)',
    'classesOf(land).slice(9).every((row)',
  ],
  ['conservation by village', CROSS, 'whole.villages.every((row)', 'whole.villages.slice(9).every((row)'],
  ['conservation by zone class', CROSS, 'classesOf(zone).every((', 'classesOf(zone).slice(9).every(('],
  ['conservation of net areas', CROSS, '[gross, net].every(', '[gross].every('],
  [
    'a row per layer',
    SHAPE,
    'settled = layers.map((layer) => settle(layer, measured));',
    'settled = layers.map((layer) => settle(layer, measured)).filter((row) => row.versions.length > 0);',
  ],
  ['the end after a time-out', SHAPE, '/^(57|08|25P02)/.test(code)', 'false'],
  [
    'going back to the savepoint',
    SAVEPOINT,
    "await query(db, 'rollback to savepoint work').catch(() => undefined);",
    '',
  ],
  ['ambiguous versions', MEASURED, "if (sound.get(layer.key) === 'ambiguous')", 'if (layer.key === null)'],
  ['asking for overlaps', SHAPE, '.size > 1', '.size > 9'],
];

/** How many copies are tried at once. */
const LANES = 2;

describe('mutation of the guards of the overlay', function () {
  this.timeout(120_000);
  const mutants = GUARDS.map(([guard, at, text, replaced]): Mutant => ({ guard, ...at, text, replaced }));

  it('is noticed by a test, each time', async () => {
    const left = [...mutants];
    const survivors: string[] = [];
    const lane = async () => {
      const { folder, remove } = copySource();
      try {
        for (let mutant = left.shift(); mutant; mutant = left.shift()) {
          const putBack = mutate(folder, mutant);
          const { passed, failed, output } = await runTests(folder, mutant.tests);
          putBack();
          // a copy that does not even load would prove nothing
          if (failed === 0 || passed === 0)
            survivors.push(`${mutant.guard}: ${passed} passed\n${output.slice(-500)}`);
        }
      } finally {
        remove();
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    expect(survivors).to.deep.equal([]);
  });

  it('leaves a copy that passes where nothing is removed', async () => {
    const { folder, remove } = copySource();
    try {
      const tests = [...new Set(mutants.flatMap((mutant) => mutant.tests))];
      const { passed, failed, output } = await runTests(folder, tests);
      expect(failed, output.slice(-2000)).to.equal(0);
      expect(passed).to.be.greaterThan(30);
    } finally {
      remove();
    }
  });
});
