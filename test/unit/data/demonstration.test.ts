import { createHash } from 'node:crypto';
import { expect } from 'chai';
import {
  DEMONSTRATION_VILLAGE,
  type DemonstrationOptions,
  demonstrationCounties,
  demonstrationFingerprint,
} from '../../../data/demonstration/index.ts';
import divisions from '../../../data/divisions.json' with { type: 'json' };
import { LAYER_KEYS } from '../../../server/contract/index.ts';
import { loadedCounties } from './land.ts';

function digest(options: DemonstrationOptions): string {
  const hash = createHash('sha256');
  for (const county of demonstrationCounties(options)) {
    hash.update(JSON.stringify(county.divisions));
    for (const version of county.versions) {
      hash.update(JSON.stringify([version.layer, version.coverage]));
      for (const feature of version.features()) hash.update(JSON.stringify(feature));
    }
  }
  return hash.digest('hex');
}

describe('demonstration land', function () {
  this.timeout(60_000);

  it('is the same every time', () => {
    for (const { county } of loadedCounties()) {
      const options = { counties: [county.code], townshipsPerCounty: 1 };
      expect(digest(options)).to.equal(digest(options));
    }
  });

  it('has a fingerprint that follows its settings', () => {
    expect(demonstrationFingerprint())
      .to.match(/^[0-9a-f]{64}$/)
      .and.equal(demonstrationFingerprint({}));
    expect(demonstrationFingerprint({ density: 2 })).not.to.equal(demonstrationFingerprint());
    expect(demonstrationFingerprint({ counties: ['410821'] })).not.to.equal(demonstrationFingerprint());
  });

  it('has all villages of its townships, with their real names and codes, each with land', () => {
    for (const { county, layers } of loadedCounties()) {
      const loaded = new Set(county.divisions.map((d) => d.code));
      const townships = divisions.filter((d) => d.parent === county.code && loaded.has(d.code));
      expect(townships).to.have.length(2);
      const names = new Map(layers.get('land_use')!.map((f) => [f.village_code!, f.attributes.ZLDWMC]));
      const villages = townships.flatMap((t) => divisions.filter((d) => d.parent === t.code));
      expect([...names.keys()].sort()).to.deep.equal(villages.map((v) => v.code).sort());
      for (const village of villages) {
        expect(loaded.has(village.code)).to.equal(true);
        expect(names.get(village.code)).to.equal(village.name);
      }
    }
  });

  it('gives every layer once, says 示意数据, and declares empty what a county does not have', () => {
    for (const { county, layers } of loadedCounties()) {
      expect(county.versions.map((v) => v.layer)).to.deep.equal([...LAYER_KEYS]);
      for (const version of county.versions) {
        expect(version.label).to.include('示意数据');
        expect(version.source).to.include('示意数据');
        expect(layers.get(version.layer)!.length > 0, `${county.code} ${version.layer}`).to.equal(
          !version.declared_empty,
        );
      }
    }
    const empty = loadedCounties().map(({ county }) =>
      county.versions.filter((v) => v.declared_empty).map((v) => v.layer),
    );
    expect(empty).to.deep.equal([['basic_tobacco_field'], ['nature_reserve']]);
  });

  it('has both the irrigated plain and the hills, with balks only where cropland slopes', () => {
    for (const { county, layers } of loadedCounties()) {
      const land = layers.get('land_use')!;
      const codes = new Set(land.map((f) => f.class_code));
      const expected = [
        '0103',
        '0201',
        '0301',
        '0404',
        '0702',
        '1003',
        '1004',
        '1006',
        '1101',
        '1104',
        '1202',
      ];
      expect([...codes]).to.include.members(
        county.code === '410821' ? [...expected, '0101', '0102', '1107'] : expected,
      );
      for (const { class_code, kcxs, attributes } of land) {
        const sloping = class_code.startsWith('01') && attributes.GDPDJB !== '1';
        expect(kcxs !== null, String(attributes.TBBH)).to.equal(sloping);
        if (kcxs !== null) expect(kcxs).to.be.within(0.05, 0.12);
        expect(attributes.KCXS).to.equal(kcxs);
      }
    }
  });

  it('has a village to show with something of many layers', () => {
    const { layers } = loadedCounties()[0]!;
    const inVillage = (layer: string) =>
      layers.get(layer)!.filter((f) => f.village_code === DEMONSTRATION_VILLAGE);
    const codes = inVillage('land_use').map((f) => f.class_code);
    expect(codes).to.include.members(['0102', '0702', '1003', '1006', '1107']);
    const zones = [
      'permanent_basic_farmland',
      'grain_production_zone',
      'village_plan',
      'approved_land',
      'facility_filing',
    ];
    for (const layer of zones) expect(inVillage(layer), layer).not.to.be.empty;
  });

  it('grows with density and with townships', () => {
    const count = (options: DemonstrationOptions): number => {
      const [county] = demonstrationCounties({ counties: ['410821'], ...options });
      return [...county!.versions[0]!.features()].length;
    };
    const base = count({ townshipsPerCounty: 1 });
    expect(count({ townshipsPerCounty: 1, density: 6 })).to.be.greaterThan(2 * base);
    expect(count({ townshipsPerCounty: 3 })).to.be.greaterThan(count({ townshipsPerCounty: 2 }));
  });
});
