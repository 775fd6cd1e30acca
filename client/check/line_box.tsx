import { type RefObject, useRef } from 'react';

const LEAST_ROWS = 6;
const MOST_ROWS = 14;

/** Where a line begins and ends in a text, for a selection; lines count from 1. */
export function lineRange(text: string, line: number): [number, number] {
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return [Math.min(start, text.length), Math.min(start + (lines[line - 1]?.length ?? 0), text.length)];
}

/** A text box with numbered lines, so that a remark on a line can be found; `marked` lines stand out. */
export function LineBox(props: {
  id: string;
  text: string;
  marked: ReadonlySet<number>;
  box: RefObject<HTMLTextAreaElement | null>;
  describedBy: string;
  onText(text: string): void;
}) {
  const { text, marked } = props;
  const gutter = useRef<HTMLOListElement>(null);
  const lines = Math.max(text.split('\n').length, LEAST_ROWS);
  return (
    <div className="line-box">
      <ol className="line-numbers" ref={gutter} aria-hidden="true">
        {Array.from({ length: lines }, (_, i) => i + 1).map((line) => (
          <li key={line} className={marked.has(line) ? 'line-marked' : ''}>
            {line}
          </li>
        ))}
      </ol>
      <textarea
        id={props.id}
        ref={props.box}
        value={text}
        rows={Math.min(lines, MOST_ROWS)}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        aria-describedby={props.describedBy}
        onChange={(event) => props.onText(event.target.value)}
        onScroll={(event) => {
          if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
        data-testid="typed-box"
      />
    </div>
  );
}
