import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** A rule file is wrong: which file, which line, what about it. The server does not start with it. */
export class RuleFileError extends Error {
  constructor(file: string, faults: string[]) {
    super(`${file}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'RuleFileError';
  }
}

/**
 * `text` (YAML 1.2) as `schema` describes it.
 * Throws {@link RuleFileError} naming `file`, line and path of every fault; doubled keys are faults.
 */
export function readYaml<S extends z.ZodType>(file: string, text: string, schema: S): z.infer<S> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0)
    throw new RuleFileError(
      file,
      broken.map((fault) => fault.message),
    );
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const path = issue.path.filter((step) => typeof step !== 'symbol');
    return `line ${lineOf(document, lines, path)}, ${path.join('.') || '(top)'}: ${issue.message}`;
  });
  throw new RuleFileError(file, faults);
}

/** The line of the nearest node that exists on `path`: a missing key is reported where it is missed. */
function lineOf(document: ReturnType<typeof parseDocument>, lines: LineCounter, path: PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as
      | { range?: [number, number, number] }
      | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
