import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { LIMITS } from '../../../server/limits_table.ts';

const UNITS: Record<string, number> = { MB: 1024 * 1024, KB: 1024, 'km²': 1e6, 'm²': 1, s: 1000, '': 1 };

/** `| name | what | 2 MB | problem | where |` → name → [value, problem] */
function documented(): Map<string, [number, string]> {
  const text = readFileSync(new URL('../../../docs/limits.md', import.meta.url), 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  return new Map(
    rows.map((line) => {
      const [name, , limit, problem] = line
        .split('|')
        .slice(1)
        .map((cell) => cell.trim().replaceAll('`', ''));
      const [value, unit = ''] = limit!.split(' ');
      return [name!, [Number(value) * UNITS[unit]!, problem!]];
    }),
  );
}

describe('docs/limits.md', () => {
  it('says what the code holds, all of it and nothing else', () => {
    const held = new Map(
      Object.entries(LIMITS).map(([name, { value, problem }]) => [name, [value, problem]]),
    );
    expect(documented()).to.deep.equal(held);
  });
});
