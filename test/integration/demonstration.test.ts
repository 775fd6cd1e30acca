import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { demonstrationCounties } from '../../data/demonstration/index.ts';
import { readShape } from '../../server/geometry/index.ts';
import { readUpload } from '../../server/imports/read_upload.ts';
import type { LandCounty } from '../../server/layers/index.ts';
import { overlayShape } from '../../server/overlay/index.ts';
import { loadCounty } from '../../server/seed.ts';
import { type Opened, openEmpty } from '../support/database.ts';
import { officialArea } from '../support/official_area.ts';
import { prepareEmpty } from '../support/prepare.ts';

const SAMPLE = new URL('../../data/demonstration/samples/two_house_plots.txt', import.meta.url);
const AS_OF = '2026-11-22';

describe('demonstration land in the database', function () {
  this.timeout(120_000);
  let opened: Opened;
  let county: LandCounty;
  before(async () => {
    opened = await openEmpty();
    await prepareEmpty(opened.database);
    county = [...demonstrationCounties({ counties: ['410821'] })][0]!;
    // each version passes its own conservation check here, or is refused
    await loadCounty(opened.database, county, () => undefined);
  });
  after(() => opened.remove());

  it('stores areas that agree with the official series within 1e-8', async () => {
    const { rows } = await opened.database.knex.raw(
      `select f.id::int, f.gross_area_m2, f.net_area_m2, f.kcxs from feature f join layer_version v on v.id = f.version_id
       where v.layer = 'land_use' order by f.id`,
    );
    const land = county.versions.find(({ layer }) => layer === 'land_use')!;
    const features = [...land.features()];
    expect(rows.length).to.equal(features.length).and.to.be.greaterThan(5000);
    rows.forEach((row: { gross_area_m2: number; net_area_m2: number; kcxs: number | null }, i: number) => {
      const { geometry } = features[i]!;
      const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
      const official = polygons.reduce((sum, rings) => sum + officialArea(rings), 0);
      if (official > 100) expect(Math.abs(row.gross_area_m2 / official - 1)).to.be.lessThan(1e-8);
      else expect(row.gross_area_m2).to.be.closeTo(official, 1e-6);
      expect(row.net_area_m2).to.be.closeTo(official * (1 - (row.kcxs ?? 0)), 1e-3);
    });
  });

  it('sums to the villages', async () => {
    const { rows } = await opened.database.knex.raw(
      `select d.code, d.area_m2, sum(t.area_m2) as land from division d
       join division_total t on t.division_code = d.code join layer_version v on v.id = t.version_id and v.layer = 'land_use'
       where d.level = 5 and d.geom is not null group by 1, 2`,
    );
    expect(rows.length).to.be.greaterThan(40);
    for (const { code, area_m2, land } of rows) expect(land, code).to.be.closeTo(area_m2, 1e-3);
  });

  it('finds 62 m² of the sample house plot inside permanent basic farmland', async () => {
    const { features } = readUpload({ name: 'two_house_plots.txt', bytes: readFileSync(SAMPLE) });
    const geometry = features[0]!.geometry as { type: 'Polygon'; coordinates: number[][][] };
    const { gridSize, knex } = opened.database;
    const { layers } = await knex.transaction((db) =>
      overlayShape(db, { shape: readShape(geometry, {}), asOf: AS_OF }, { gridSize }),
    );
    // 62.40 m² by JSTS on the generator's own polygons: test/unit/data/samples.test.ts
    const farmland = layers.find(({ layer }) => layer.key === 'permanent_basic_farmland')!;
    expect(farmland.area_m2).to.be.closeTo(62.4, 0.1);
  });
});
