import { readFileSync } from 'node:fs';

/** docs/roles.md as people read it: role → rights, in the document's order. */
export function documentedRights(): Map<string, string[]> {
  const lines = readFileSync('docs/roles.md', 'utf8').split('\n');
  const start = lines.findIndex((line) => line.startsWith('| | `'));
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const roles = cells(lines[start]!)
    .slice(1)
    .map((cell) => /^`(\w+)`/.exec(cell)![1]!);
  const rights = new Map<string, string[]>(roles.map((role) => [role, []]));
  for (const line of lines.slice(start + 2)) {
    if (!line.startsWith('|')) break;
    const [name, ...marks] = cells(line);
    const right = /^`([\w.]+)`$/.exec(name!)![1]!;
    marks.forEach((mark, i) => {
      if (mark !== '' && mark !== '✓') throw new Error(`docs/roles.md: what is "${mark}"?`);
      if (mark === '✓') rights.get(roles[i]!)!.push(right);
    });
  }
  return rights;
}
