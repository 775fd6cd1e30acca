import { expect } from 'chai';
import { areaPair } from '../../server/checks/compose_overlay.ts';
import { submitCheck } from '../../server/checks/submit_check.ts';
import { loadVersion } from '../../server/imports/index.ts';
import { ruleBook } from '../../server/rules/index.ts';
import { showVillage } from '../../server/villages/show_village.ts';
import { rolledBack } from '../support/database.ts';
import { officialArea } from '../support/official_area.ts';
import { COUNTY, cells, polygon, SOUTH, STEP, VILLAGE, version, WEST, zone } from '../support/test_land.ts';

const AS_OF = '2026-11-22';
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'published',
    (error: { code: string }) => error.code,
  );

describe('publication of a version', () => {
  const load = (features: Parameters<typeof version>[1], extra = {}) =>
    rolledBack(async (db, { gridSize }) => {
      const land = version('nature_reserve', features, extra);
      const { expected, ...rest } = extra as { expected: string };
      expect(
        await codeOf(loadVersion(db, COUNTY, { ...land, ...rest }, { gridSize, demonstration: true })),
      ).to.equal(expected);
    });
  const park = zone('park', polygon(cells(1, 1, 2, 2)));

  it('goes through with a zone inside the coverage', load([park], { expected: 'published' }));
  it(
    'refuses an import without features that is not declared empty',
    load([], { expected: 'land_empty', declared_empty: false }),
  );
  it(
    'refuses features of a version that is declared empty',
    load([park], { expected: 'land_empty', declared_empty: true }),
  );
  it(
    'refuses zones that overlap',
    load([park, zone('park', polygon(cells(1.5, 1.5, 3, 3)))], { expected: 'land_not_conserved' }),
  );
  it(
    'refuses a zone that leaves the coverage',
    load([zone('park', polygon(cells(3, 3, 5, 3.5)))], { expected: 'land_not_conserved' }),
  );
  const corner = (x: number, y: number): [number, number] => [WEST + x * STEP, SOUTH + y * STEP];
  const bowTie = (x: number) =>
    zone('park', polygon([corner(1, 1), corner(x, 3), corner(x, 1), corner(1, 2), corner(1, 1)]));
  it('refuses a polygon that crosses itself', load([bowTie(3)], { expected: 'land_invalid' }));
  it(
    'refuses a polygon without an area',
    load([zone('park', polygon([corner(1, 1), corner(2, 1), corner(1, 1), corner(1, 1)]))], {
      expected: 'land_invalid',
    }),
  );
});

describe('a village page', () => {
  it(
    'never says "nothing here" where a total was lost',
    rolledBack(async (db) => {
      const status = async (layer: string) =>
        (await showVillage(db, VILLAGE, AS_OF)).layers.find((row) => row.layer === layer)!.status;
      expect(await status('permanent_basic_farmland')).to.equal('affected');
      expect(await status('geohazard')).to.equal('not_affected');
      await db.raw(`delete from division_total where class_code = 'pbf'`);
      expect(await status('permanent_basic_farmland')).to.equal('no_data');
      await db.raw(`delete from division_total where class_code = ''`);
      expect(await status('geohazard')).to.equal('no_data');
    }),
  );
});

describe('a layer that the public may not see', () => {
  it(
    'is told in steps, without its classes',
    rolledBack(async (db, { gridSize }) => {
      await db.raw(`delete from layer_version where layer = 'approved_land'`);
      const approved = version('approved_land', [zone('transfer', polygon(cells(2.1, 0.1, 2.9, 0.9)))]);
      await loadVersion(db, COUNTY, approved, { gridSize, demonstration: true });
      const check = await submitCheck(
        { geometry: polygon(cells(2, 0, 2.5, 0.5)), activity: 'house' },
        { db, rules: ruleBook(), today: AS_OF, overlay: { gridSize } },
      );
      const row = check.layers.find(({ layer }) => layer === 'approved_land')!;
      const exact = officialArea([cells(2.1, 0.1, 2.5, 0.5)]);
      expect(row).to.include({ status: 'affected', exact: false, ...areaPair(Math.ceil(exact / 100) * 100) });
      expect(row.hits).to.deep.equal([]);
      expect(JSON.stringify(check)).not.to.contain(exact.toFixed(2));
    }),
  );
});
