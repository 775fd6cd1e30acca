import { expect } from 'chai';
import adminEn from '../../../client/messages/admin.en.json' with { type: 'json' };
import adminZh from '../../../client/messages/admin.zh.json' with { type: 'json' };
import baseEn from '../../../client/messages/en.json' with { type: 'json' };
import inspectorEn from '../../../client/messages/inspector.en.json' with { type: 'json' };
import inspectorZh from '../../../client/messages/inspector.zh.json' with { type: 'json' };
import plannerEn from '../../../client/messages/planner.en.json' with { type: 'json' };
import plannerZh from '../../../client/messages/planner.zh.json' with { type: 'json' };
import staffEn from '../../../client/messages/staff.en.json' with { type: 'json' };
import staffZh from '../../../client/messages/staff.zh.json' with { type: 'json' };
import baseZh from '../../../client/messages/zh.json' with { type: 'json' };
import { fill } from '../../../client/text/messages.ts';

type Texts = Record<string, string>;
const SECTIONS: readonly { name: string; zh: Texts; en: Texts }[] = [
  { name: 'every page', zh: baseZh, en: baseEn },
  { name: 'staff', zh: staffZh, en: staffEn },
  { name: 'administration', zh: adminZh, en: adminEn },
  { name: 'proposals', zh: plannerZh, en: plannerEn },
  { name: 'batches', zh: inspectorZh, en: inspectorEn },
];
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort();

describe('messages of the client', () => {
  for (const { name, zh, en } of SECTIONS)
    describe(name, () => {
      it('stand in both languages under the same keys', () => {
        expect(Object.keys(en)).to.have.members(Object.keys(zh));
      });

      it('ask for the same values in both languages', () => {
        for (const [key, text] of Object.entries(zh)) {
          expect(placeholders(en[key] ?? ''), key).to.deep.equal(placeholders(text));
        }
      });

      it('are translated: none empty, no Chinese character left in English', () => {
        for (const [key, text] of Object.entries(en)) {
          expect(text.trim(), key).not.to.equal('');
          if (key !== 'header.other_language') expect(text, key).not.to.match(/\p{Script=Han}/u);
        }
      });

      it('never call anything legal or illegal', () => {
        expect(JSON.stringify(zh)).not.to.match(/违法|合法/);
        expect(JSON.stringify(en)).not.to.match(/\b(il)?legal(ly)?\b/i);
      });
    });

  it('of a section hide none that every page has', () => {
    for (const { name, zh } of SECTIONS.slice(1))
      expect(
        Object.keys(zh).filter((key) => Object.hasOwn(baseZh, key)),
        name,
      ).to.deep.equal([]);
  });

  it('fill placeholders, and show one without a value', () => {
    expect(fill('{a} of {b}, {a}', { a: 1, b: '$&' })).to.equal('1 of $&, 1');
    expect(fill('{a} {constructor}', { a: 'x' })).to.equal('x {constructor}');
  });
});
