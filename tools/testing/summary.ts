import type { Counts, StepResult } from './result.ts';

/** The table of steps, then what failed and what was left out, then the closing line alone on the last line. */
export function summary(results: readonly StepResult[]): string {
  const lines = ['', 'Summary', table(results), ''];
  for (const { name, status, details } of results) {
    if (details.length === 0) continue;
    lines.push(`${status.toUpperCase()} ${name}`, ...details.map(indent), '');
  }
  return [...lines, closingLine(total(results))].join('\n');
}

/** `N passed, N failed`, and `, N skipped` only where something was. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

export function total(results: readonly StepResult[]): Counts {
  const sum = (key: keyof Counts) => results.reduce((all, { counts }) => all + counts[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** 0 only if no step and no test failed. */
export function exitCode(results: readonly StepResult[]): number {
  return results.some(({ status, counts }) => status === 'failed' || counts.failed > 0) ? 1 : 0;
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function table(results: readonly StepResult[]): string {
  const heads = ['step', 'result', 'time', 'passed', 'failed', 'skipped'];
  const rows = results.map(({ name, status, ms, counts }) => {
    const { passed, failed, skipped } = counts;
    return [
      name,
      status,
      seconds(ms),
      ...[passed, failed, skipped].map((count) => (count === 0 ? '' : `${count}`)),
    ];
  });
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: string[]) =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [heads, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
