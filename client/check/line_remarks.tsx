import type { Note } from '../../server/contract/index.ts';
import type { Failure } from '../api/request.ts';
import { useText } from '../text/use_text.tsx';

/** The lines that remarks or a refusal name. */
export function markedLines(notes: readonly Note[], failure: Failure | null): ReadonlySet<number> {
  const places = notes.map((note) => note.where);
  if (failure?.kind === 'problem') places.push(failure.problem.where);
  return new Set(places.flatMap((place) => (place?.line === undefined ? [] : [place.line])));
}

/** Remarks that name a line, beside the box; a tap selects the line. */
export function LineRemarks(props: { notes: readonly Note[]; onLine(line: number): void }) {
  const { t } = useText();
  const onLines = props.notes.flatMap((note) =>
    note.where?.line === undefined ? [] : [{ line: note.where.line, note }],
  );
  if (onLines.length === 0) return null;
  return (
    <ul className="notes" aria-label={t('typed.remarks')} data-testid="line-remarks">
      {onLines.map(({ line, note }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: notes of one answer never change their order
        <li key={`${line}-${i}`} className={`note note-${note.severity}`}>
          <button type="button" className="line-link" onClick={() => props.onLine(line)}>
            {t('typed.place', { line })}
          </button>
          <span>{note.message}</span>
        </li>
      ))}
    </ul>
  );
}
