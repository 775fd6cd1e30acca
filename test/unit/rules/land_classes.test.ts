import { expect } from 'chai';
import { landClassColour, landClasses, landClassName } from '../../../server/rules/index.ts';
import { rules, SURVEY_CODES } from './cases.ts';

/** 三大类 as domain.md §1.4 sums them up. */
const AGRICULTURAL = '01 02 03 0401 0402 0403 1006 1103 1104 1107 1202 1203'.split(' ');
const CONSTRUCTION = '05 06 07 08 09 1001 1002 1003 1004 1005 1007 1008 1009 1109 1201'.split(' ');
const UNUSED = '0404 1101 1102 1105 1106 1108 1110 1204 1205 1206 1207'.split(' ');

describe('land classes', () => {
  it('name and colour every code of the survey', () => {
    for (const code of SURVEY_CODES) {
      expect(landClassName(code).zh, code).not.to.include('未列入目录');
      expect(landClassColour(code), code).to.match(/^#[0-9A-F]{6}$/);
    }
    expect(landClasses().map(({ code }) => code)).to.include.members(
      SURVEY_CODES.filter((code) => !code.endsWith('K')),
    );
  });

  it('agree with names and colours of the standard', () => {
    expect(landClassName('0702')).to.deep.equal({ zh: '农村宅基地', en: 'Rural house plots' });
    expect(landClassName('0201K').zh).to.equal('果园（可调整）');
    expect(landClassName('1104A').zh).to.equal('养殖坑塘');
    expect(landClassColour('0101')).to.equal('#F8D072');
    expect(landClassColour('1104K')).to.equal('#90AACF');
    expect(landClassName('4711').zh).to.include('4711');
    expect(landClassColour('4711')).to.equal(null);
  });

  it('belong to one of the three great classes, cropland only to 01', () => {
    const category = (code: string) =>
      [
        ['agricultural', AGRICULTURAL] as const,
        ['construction', CONSTRUCTION] as const,
        ['unused', UNUSED] as const,
      ]
        .filter(([, beginnings]) => beginnings.some((beginning) => code.startsWith(beginning)))
        .map(([name]) => name);
    for (const entry of rules.landClasses.classes) {
      expect(category(entry.code), entry.code).to.deep.equal(entry.category === null ? [] : [entry.category]);
      expect(entry.cropland, entry.code).to.equal(entry.code.startsWith('01'));
      if (entry.parent !== null) expect(entry.code.startsWith(entry.parent), entry.code).to.equal(true);
    }
  });

  it('have groups that say the same', () => {
    const { groups, classes } = rules.landClasses;
    const inGroup = (name: string) =>
      classes
        .filter(({ code }) => groups[name]!.some((beginning) => code.startsWith(beginning)))
        .map(({ code }) => code);
    const ofCategory = (name: string) =>
      classes.filter((entry) => entry.category === name).map(({ code }) => code);
    expect(inGroup('construction')).to.have.members(ofCategory('construction'));
    expect(inGroup('unused')).to.have.members(ofCategory('unused'));
    expect([...inGroup('cropland'), ...inGroup('other_farmland')]).to.have.members(
      ofCategory('agricultural'),
    );
  });
});
