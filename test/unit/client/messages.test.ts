import { expect } from 'chai';
import en from '../../../client/messages/en.json' with { type: 'json' };
import zh from '../../../client/messages/zh.json' with { type: 'json' };
import { fill } from '../../../client/text/messages.ts';

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort();

describe('messages of the client', () => {
  it('stand in both languages under the same keys', () => {
    expect(Object.keys(en)).to.have.members(Object.keys(zh));
  });

  it('ask for the same values in both languages', () => {
    for (const [key, text] of Object.entries(zh)) {
      expect(placeholders(en[key as keyof typeof en]), key).to.deep.equal(placeholders(text));
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
    expect(JSON.stringify(en)).not.to.match(/legal/i);
  });

  it('fill placeholders, and show one without a value', () => {
    expect(fill('{a} of {b}, {a}', { a: 1, b: '$&' })).to.equal('1 of $&, 1');
    expect(fill('{a} {constructor}', { a: 'x' })).to.equal('x {constructor}');
  });
});
