import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { PROBLEMS } from '../../../server/problems.ts';

const root = new URL('../../../server/', import.meta.url);
type Catalogue = Record<string, string | { title: string; detail: string }>;
const load = (language: string, section: string) =>
  JSON.parse(readFileSync(new URL(`messages/${language}/${section}.json`, root), 'utf8')) as Catalogue;
const texts = (entry: Catalogue[string]) =>
  typeof entry === 'string' ? [entry] : [entry.title, entry.detail];
const placeholders = (entry: Catalogue[string]) =>
  [
    ...texts(entry)
      .join(' ')
      .matchAll(/\{(\w+)\}/g),
  ]
    .map((m) => m[1]!.replace(/_(zh|en)$/, ''))
    .sort();

/** Codes that are written in the sources as notes. */
function noteCodes(): Set<string> {
  const files = readdirSync(new URL('imports/', root), { recursive: true, encoding: 'utf8' });
  const source = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(new URL(`imports/${file.replaceAll('\\', '/')}`, root), 'utf8'))
    .join('\n');
  const found = [
    ...source.matchAll(
      /note\(\s*'(?:info|warning|error)',\s*'(\w+)'|`?notes\.(?!ts\b|push\b|find\b)(\w+)[`']/g,
    ),
  ];
  return new Set(
    found.map((match) => (match[1] ?? match[2])!).filter((code) => !['push', 'find'].includes(code)),
  );
}

describe('message catalogues', () => {
  it('have the texts of every problem, and no others', () => {
    for (const language of ['zh', 'en']) {
      expect(Object.keys(load(language, 'problems')).sort()).to.deep.equal(Object.keys(PROBLEMS).sort());
    }
  });
  for (const section of ['problems', 'notes']) {
    it(`${section}: the same placeholders in both languages, texts that are not empty`, () => {
      const [zh, en] = [load('zh', section), load('en', section)];
      expect(Object.keys(zh)).to.deep.equal(Object.keys(en));
      for (const key of Object.keys(zh)) {
        expect(placeholders(zh[key]!), key).to.deep.equal(placeholders(en[key]!));
        for (const text of [...texts(zh[key]!), ...texts(en[key]!)])
          expect(text.trim(), key).not.to.equal('');
        for (const text of texts(zh[key]!)) expect(text, key).to.match(/[\u4e00-\u9fff]/);
        for (const text of texts(en[key]!)) expect(text, key).not.to.match(/[\u4e00-\u9fff]/);
      }
    });
  }
  it('have a text for every note that is raised', () => {
    const codes = [...noteCodes()];
    expect(codes.length).to.be.above(20);
    expect(Object.keys(load('zh', 'notes'))).to.include.members(codes);
  });
});
