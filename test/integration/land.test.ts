import { expect } from 'chai';
import type { DemonstrationCounty } from '../../data/demonstration/index.ts';
import { demonstrationPlan } from '../../data/demonstration/index.ts';
import type { Database } from '../../server/db/index.ts';
import type { LandCounty } from '../../server/layers/index.ts';
import { landKind, landStatus, lockLand, removeDemonstrationLand } from '../../server/layers/index.ts';
import { Problem } from '../../server/problems.ts';
import { loadCounty } from '../../server/seed.ts';
import { loadDemonstration, seedDemonstration } from '../../server/seed_demonstration.ts';
import { ENGINE, type Opened, openEmpty } from '../support/database.ts';
import { prepareEmpty } from '../support/prepare.ts';
import { COUNTY, testCounty } from '../support/test_land.ts';

const OTHER = '410822';
const quiet = () => undefined;

/** The test county under a code, as a county of demonstration land. */
function planned(code: string, build = testCounty, fingerprint = code): DemonstrationCounty {
  return {
    code,
    name: code,
    villages: 1,
    expected: 20,
    fingerprint: fingerprint.padEnd(64, 'f'),
    build: () => ({ ...build(), code }),
  };
}

const SCALE = [planned(COUNTY), planned(OTHER)];

function remove({ knex }: Database): Promise<number> {
  return knex.transaction(async (db) => {
    await lockLand(db);
    return removeDemonstrationLand(db);
  });
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (e: unknown) => e,
  );
  return error instanceof Problem ? error.code : `no problem: ${String(error)}`;
}

/** How many rows of each table belong to a county, the self-test's left out. */
async function rowsByTable({ knex }: Database): Promise<Record<string, number>> {
  const { rows: tables } = await knex.raw(
    `select table_name from information_schema.columns where column_name = 'county_code' and table_schema = 'public'`,
  );
  const found: Record<string, number> = {};
  for (const { table_name } of tables as { table_name: string }[]) {
    const { rows } = await knex.raw(
      `select count(*)::int as n from "${table_name}" where county_code <> '000000'`,
    );
    found[table_name] = rows[0].n;
  }
  return found;
}

/**
 * All that was loaded and derived, in a fixed order, without the numbers of versions. Sums are taken to 1 cm²: the
 * order in which PostgreSQL adds is its own.
 */
async function dump({ knex }: Database): Promise<string[]> {
  const { rows } = await knex.raw(
    `select v.county_code || v.layer || v.checksum || v.feature_count || x.line as line from layer_version v, lateral (
       select 'f' || f.id || f.class_code || f.class_name || coalesce(f.village_code, '-') || coalesce(f.kcxs::text, '-')
         || f.gross_area_m2::text || ' ' || f.net_area_m2::text || f.attributes::text || encode(st_asewkb(f.geom), 'hex') as line
       from feature f where f.county_code = v.county_code and f.version_id = v.id
       union all
       select 'p' || p.id || coalesce(p.feature_id::text, '-') || coalesce(p.class_code, '-') || coalesce(p.village_code, '-')
         || p.area_m2::text || encode(st_asewkb(p.geom), 'hex')
       from piece p where p.county_code = v.county_code and p.version_id = v.id
       union all
       select 'c' || c.id || c.area_m2::text from coverage_piece c where c.county_code = v.county_code and c.version_id = v.id
       union all
       select 't' || t.division_code || t.class_code || round(t.area_m2::numeric, 4)
       from division_total t where t.county_code = v.county_code and t.version_id = v.id
     ) x where v.county_code <> '000000' order by 1`,
  );
  return (rows as { line: string }[]).map(({ line }) => line);
}

describe('land in the database', function () {
  this.timeout(120_000);
  let opened: Opened;
  let database: Database;
  before(async () => {
    opened = await openEmpty();
    database = opened.database;
    await prepareEmpty(database);
  });
  after(() => opened.remove());
  afterEach(async () => {
    await database.knex.raw(`delete from layer_version where county_code <> '000000'`);
    await database.knex.raw('delete from demonstration_county');
    await database.knex.raw('delete from land_kind');
  });

  it('is taken out with all that was derived from it; checks, catalogues and the self-test stay', async () => {
    const before = await rowsByTable(database);
    expect(before).to.include({ layer_version: 0, feature: 0, piece: 0, land_check: 0 });
    await database.knex.raw(
      `insert into land_check (county_code, id, expires_at, activity, outcome, geom, answer)
       select '410821', '1', now() + interval '1 day', 'house', 'unknown', st_multi(st_makeenvelope(113, 35, 113.1, 35.1, 4490)), '{}'`,
    );
    await loadDemonstration(database, SCALE, SCALE[0]!, quiet);
    const loaded = await rowsByTable(database);
    expect(loaded.piece).to.be.greaterThan(16);
    expect(loaded.division_total).to.be.greaterThan(0);
    expect(await remove(database)).to.equal(14);
    expect(await rowsByTable(database)).to.deep.equal({ ...before, land_check: 1 });
    const { rows } = await database.knex.raw(
      `select (select count(*)::int from division where geom is not null or area_m2 is not null) as placed,
         (select count(*)::int from division) as divisions, (select count(*)::int from village_token) as tokens,
         (select count(*)::int from feature where county_code = '000000') as self_test`,
    );
    expect(rows[0]).to.deep.include({ placed: 0, self_test: 1 });
    expect(rows[0].divisions).to.be.greaterThan(2000);
    expect(rows[0].tokens).to.be.greaterThan(2000);
    expect(await landKind(database.knex)).to.equal(null);
    expect(await remove(database)).to.equal(0);
  });

  it('is never mixed: real land is refused beside demonstration land, and the other way round', async () => {
    await loadDemonstration(database, SCALE, SCALE[0]!, quiet);
    const real = { ...testCounty(), code: OTHER };
    const before = await rowsByTable(database);
    expect(await codeOf(loadCounty(database, real, quiet, { demonstration: false }))).to.equal('land_mixed');
    expect(await rowsByTable(database)).to.deep.equal(before);
    await remove(database);
    await loadCounty(database, real, quiet, { demonstration: false });
    expect(await codeOf(loadDemonstration(database, SCALE, SCALE[0]!, quiet))).to.equal('land_mixed');
    expect((await landStatus(database.knex)).map(({ demonstration }) => demonstration)).not.to.include(true);
    expect(await remove(database)).to.equal(0);
    expect((await landStatus(database.knex)).length).to.equal(14);
  });

  it('is never mixed by two who load at once', async () => {
    for (let round = 0; round < 4; round++) {
      const real = { ...testCounty(), code: OTHER };
      const racers = [
        () => loadCounty(database, real, quiet, { demonstration: false }),
        () => loadDemonstration(database, SCALE, SCALE[0]!, quiet),
      ];
      if (round % 2) racers.reverse();
      const outcomes = await Promise.all(racers.map((start) => codeOf(start())));
      expect(outcomes.filter((code) => code === 'land_mixed')).to.have.length(1, outcomes.join());
      const kinds = new Set((await landStatus(database.knex)).map((row) => row.demonstration));
      expect(kinds.size).to.equal(1);
      await database.knex.raw(`delete from layer_version where county_code <> '000000'`);
      await database.knex.raw('delete from demonstration_county');
      await database.knex.raw('delete from land_kind');
    }
  });

  it('is never mixed by somebody who writes past the loader', async () => {
    await loadDemonstration(database, SCALE, SCALE[0]!, quiet);
    const relabel = `update layer_version set demonstration = false where county_code = '410821'`;
    const swap = 'update land_kind set demonstration = false';
    for (const statement of [relabel, swap]) {
      const error = await database.knex.raw(statement).then(
        () => null,
        (e: { code: string }) => e.code,
      );
      expect(error, statement).to.equal('23503');
    }
  });

  it('is loaded once by two who load the same county at once', async () => {
    const outcomes = await Promise.all(
      [1, 2].map(() => loadDemonstration(database, SCALE, SCALE[0]!, quiet)),
    );
    expect(outcomes.sort()).to.deep.equal(['loaded', 'skipped']);
    expect((await landStatus(database.knex)).length).to.equal(14);
  });

  it('goes on after an interruption: a county is there whole or not at all', async () => {
    const interrupted = planned(OTHER, (): LandCounty => {
      const county = testCounty();
      return {
        ...county,
        *parts() {
          yield { name: '1', features: new Map([['land_use', county.versions[0]!.features()]]) };
          throw new Error('interrupted');
        },
      };
    });
    await loadDemonstration(database, SCALE, SCALE[0]!, quiet);
    const first = await dump(database);
    expect(await codeOf(loadDemonstration(database, SCALE, interrupted, quiet))).to.include('interrupted');
    expect(await dump(database)).to.deep.equal(first);
    expect(await loadDemonstration(database, SCALE, SCALE[0]!, quiet)).to.equal('skipped');
    expect(await loadDemonstration(database, SCALE, SCALE[1]!, quiet)).to.equal('loaded');
    const both = await dump(database);
    expect(both.filter((line) => line.startsWith(COUNTY))).to.deep.equal(first);
    await remove(database);
    await loadDemonstration(database, SCALE, SCALE[1]!, quiet);
    const straight = await dump(database);
    expect(straight.length).to.be.greaterThan(60);
    expect(both.filter((line) => line.startsWith(OTHER))).to.deep.equal(straight);
  });

  it('of another scale or version is refused, and nothing is loaded beside it', async () => {
    await loadDemonstration(database, SCALE, SCALE[0]!, quiet);
    const before = await rowsByTable(database);
    const newer = SCALE.map(({ code }) => planned(code, testCounty, `newer${code}`));
    for (const county of newer)
      expect(await codeOf(loadDemonstration(database, newer, county, quiet))).to.equal('land_made_otherwise');
    await seedDemonstration(database, quiet);
    expect(await rowsByTable(database)).to.deep.equal(before);
  });

  it('read part by part is the same as read version by version', async () => {
    const [county] = demonstrationPlan({ counties: ['411221'], townshipsPerCounty: 1 }).map((c) => c.build());
    const { parts: _, ...whole } = county!;
    await loadCounty(database, county!, quiet);
    const byParts = await dump(database);
    await remove(database);
    await loadCounty(database, whole, quiet);
    const byVersions = await dump(database);
    expect(byParts.length).to.be.greaterThan(5000);
    expect(byVersions.length).to.equal(byParts.length);
    expect(byVersions.findIndex((line, i) => line !== byParts[i])).to.equal(-1);
  });

  // the embedded engine does not speak COPY
  if (ENGINE === 'native')
    it('by COPY is the same, byte for byte, as by INSERT', async () => {
      const [county] = demonstrationPlan({ counties: ['410821'], townshipsPerCounty: 1 }).map((c) =>
        c.build(),
      );
      await loadCounty(database, county!, quiet, { copy: true });
      const copied = await dump(database);
      await remove(database);
      await loadCounty(database, county!, quiet, { copy: false });
      const inserted = await dump(database);
      expect(copied.length).to.be.greaterThan(5000);
      expect(inserted.length).to.equal(copied.length);
      expect(inserted.findIndex((line, i) => line !== copied[i])).to.equal(-1);
    });
});
