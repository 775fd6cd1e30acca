import { expect } from 'chai';
import type { Knex } from 'knex';
import { enterScope, PUBLIC_SCOPE } from '../../server/db/index.ts';
import { measureCoverage, measureParts } from '../../server/overlay/queries.ts';
import { rolledBack } from '../support/database.ts';

const COUNTY = '419899';
const ROWS = 20_000;
const SIDE_M = 100;

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: PlanNode[];
}

/** What the planner does with the statements that `work` runs: they are explained instead of carried out. */
async function explained(db: Knex.Transaction, work: (db: Knex) => Promise<unknown>): Promise<PlanNode[]> {
  const plans: PlanNode[] = [];
  const explainer = {
    raw: async (sql: string, bindings: Knex.RawBinding[]) => {
      const { rows } = await db.raw<{ rows: { 'QUERY PLAN': [{ Plan: PlanNode }] }[] }>(
        `explain (format json, costs off) ${sql}`,
        bindings,
      );
      plans.push(rows[0]!['QUERY PLAN'][0].Plan);
      return { rows: [] };
    },
  };
  await work(explainer as unknown as Knex);
  return plans;
}

/** Every scan of a table: `piece: Index Scan piece_geom`. */
function scans(node: PlanNode): string[] {
  const own = node['Index Name'] ?? node['Relation Name'];
  return [
    ...(own === undefined ? [] : [`${node['Node Type']} ${own}`]),
    ...(node.Plans ?? []).flatMap(scans),
  ];
}

/** Squares of 1 ha side by side, as many as a county has, as the owner. */
async function fill(db: Knex.Transaction): Promise<string> {
  const { rows } = await db.raw<{ rows: { id: string }[] }>(
    `insert into layer_version (county_code, layer, label, source, in_force_from, status, declared_empty, demonstration,
       coverage, checksum, published_at)
     values (?, 'land_use', 'plan', 'test', '2024-01-01', 'published', false, (select coalesce(bool_or(demonstration), true) from land_kind),
       st_multi(st_makeenvelope(0, 0, 1, 1, 6933)), repeat('0', 64), now()) returning id`,
    [COUNTY],
  );
  const version = rows[0]!.id;
  const square = `st_makeenvelope(n % 200 * ${SIDE_M}, n / 200 * ${SIDE_M}, (n % 200 + 1) * ${SIDE_M}, (n / 200 + 1) * ${SIDE_M}, 6933)`;
  await db.raw(
    `insert into piece (county_code, version_id, id, class_code, class_name, feature_id, area_m2, geom)
     select ?, ?, n, '0101', 'x', n, ${SIDE_M * SIDE_M}, ${square} from generate_series(0, ${ROWS - 1}) n`,
    [COUNTY, version],
  );
  await db.raw(
    `insert into coverage_piece (county_code, version_id, id, area_m2, geom)
     select ?, ?, n, ${SIDE_M * SIDE_M}, ${square} from generate_series(0, ${ROWS - 1}) n`,
    [COUNTY, version],
  );
  await db.raw('analyze piece');
  await db.raw('analyze coverage_piece');
  return version;
}

describe('the plan of an overlay, under the application’s role', function () {
  this.timeout(120_000);

  const both = async (db: Knex.Transaction, version: string): Promise<string[]> => {
    const shape = `st_asewkb(st_makeenvelope(${50 * SIDE_M}, ${50 * SIDE_M}, ${52 * SIDE_M}, ${52 * SIDE_M}, 6933))`;
    const { rows } = await db.raw<{ rows: { shape: Buffer }[] }>(`select ${shape} as shape`);
    const plans = await explained(db, async (explainer) => {
      await measureParts(explainer, rows[0]!.shape, [COUNTY], [version], -1);
      await measureCoverage(explainer, rows[0]!.shape, [COUNTY], [version], -1);
    });
    return plans.flatMap(scans);
  };

  for (const areas of [[], ['419899'], ['41', '4201']])
    it(
      `finds pieces by their place, with the areas [${areas}]`,
      rolledBack(async (db) => {
        const version = await fill(db);
        await enterScope(db, { ...PUBLIC_SCOPE, account: '1', areas });
        const found = await both(db, version);
        expect(found.join(', ')).to.include('piece_geom').and.include('coverage_piece_geom');
        // names of villages are found by their key; pieces by theirs would be whole versions
        expect(found.filter((scan) => /^Seq Scan|piece_pkey/.test(scan))).to.deep.equal([]);
        expect(found.join(', ')).to.include('division_');
      }),
    );

  it(
    'would not, if published land had a policy: this test sees it',
    rolledBack(async (db) => {
      const version = await fill(db);
      for (const table of ['piece', 'coverage_piece'])
        await db.raw(
          `alter table ${table} enable row level security; create policy p on ${table} using (in_scope(county_code::text))`,
        );
      await enterScope(db, { ...PUBLIC_SCOPE, areas: ['41'] });
      const found = await both(db, version);
      expect(found.filter((scan) => /geom$/.test(scan))).to.deep.equal([]);
      expect(found).not.to.deep.equal([]);
    }),
  );
});
