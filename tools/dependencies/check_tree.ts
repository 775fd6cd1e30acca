import { CONTENT_RULES } from './content_rules.ts';
import { folderCycles } from './cycles.ts';
import { FOLDER_RULES } from './folder_rules.ts';
import { readSource } from './source_file.ts';

export interface Violation {
  path: string;
  line: number;
  /** The sentence of the rule that is broken. */
  sentence: string;
}

/** Checks source files (path from the project's folder → text) against the dependency rule of design.md. */
export function checkTree(tree: ReadonlyMap<string, string>): Violation[] {
  const files = [...tree].map(([path, code]) => readSource(path, code));
  const violations: Violation[] = [];
  for (const file of files) {
    for (const { sentence, brokenAt } of [...FOLDER_RULES, ...CONTENT_RULES]) {
      const text = typeof sentence === 'string' ? sentence : sentence(file);
      for (const line of new Set(brokenAt(file))) violations.push({ path: file.path, line, sentence: text });
    }
  }
  for (const { edge, folders } of folderCycles(files)) {
    const sentence = `folders must not import each other in a circle: ${folders.join(' → ')}`;
    violations.push({ path: edge.path, line: edge.line, sentence });
  }
  return violations.sort((a, b) => a.path.localeCompare(b.path) || a.line - b.line);
}
