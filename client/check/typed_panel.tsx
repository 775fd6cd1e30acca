import { useId, useRef, useState } from 'react';
import type { Note } from '../../server/contract/index.ts';
import type { Failure } from '../api/request.ts';
import { postUpload } from '../api/uploads.ts';
import { failureOf } from '../api/use_resource.ts';
import { FailureCard } from '../components/failure_card.tsx';
import { Icon } from '../components/icon.tsx';
import { hasDegrees, typedFile } from '../draw/typed.ts';
import { useText } from '../text/use_text.tsx';
import { DatumChoice } from './datum_choice.tsx';
import { LineBox, lineRange } from './line_box.tsx';
import { LineRemarks, markedLines } from './line_remarks.tsx';
import { ShapeList } from './shape_list.tsx';
import { uploadedShapes, type WorkShape } from './shapes.ts';
import { UploadReport } from './upload_report.tsx';
import type { Bench } from './use_workspace.ts';
import type { Step } from './workspace.ts';

type Reading =
  | { state: 'idle' }
  | { state: 'lacks'; what: 'empty' | 'datum_missing' }
  | { state: 'reading' }
  | { state: 'refused'; failure: Failure }
  | { state: 'read'; notes: Note[] };

/** Coordinates typed or pasted, one point per line, read by the server as a file; what was typed stays. */
export function TypedPanel(props: {
  bench: Bench;
  onStep(step: Step): void;
  onShow(shape: WorkShape): void;
  onDone(): void;
}) {
  const { t } = useText();
  const id = useId();
  const { bench, onStep } = props;
  const { typed, datum } = bench.work;
  const box = useRef<HTMLTextAreaElement>(null);
  const [reading, setReading] = useState<Reading>({ state: 'idle' });
  const degrees = hasDegrees(typed);

  const read = async () => {
    const file = typedFile(typed);
    if (file === null) return setReading({ state: 'lacks', what: 'empty' });
    if (degrees && datum === null) return setReading({ state: 'lacks', what: 'datum_missing' });
    setReading({ state: 'reading' });
    try {
      const answer = await postUpload(file, () => undefined, degrees ? datum : null);
      onStep({ do: 'put_file', name: t('typed.name'), answer, shapes: uploadedShapes(answer) });
      setReading({ state: 'read', notes: answer.notes });
    } catch (thrown) {
      setReading({ state: 'refused', failure: failureOf(thrown) });
    }
  };
  const toLine = (line: number) => {
    box.current?.focus();
    box.current?.setSelectionRange(...lineRange(typed, line));
  };
  const failure = reading.state === 'refused' ? reading.failure : null;
  const notes = reading.state === 'read' ? reading.notes : [];
  const refusedLine = failure?.kind === 'problem' ? failure.problem.where?.line : undefined;
  const { upload } = bench.work;
  return (
    <form
      className="way-body"
      data-testid="typed-panel"
      onSubmit={(event) => {
        event.preventDefault();
        void read();
      }}
    >
      <label htmlFor={id} className="details-title">
        {t('typed.label')}
      </label>
      <LineBox
        id={id}
        text={typed}
        marked={markedLines(notes, failure)}
        box={box}
        describedBy={`${id}-hint`}
        onText={(text) => {
          bench.step({ do: 'type', text });
          setReading({ state: 'idle' });
        }}
      />
      <LineRemarks notes={notes} onLine={toLine} />
      {failure !== null && <FailureCard failure={failure} onRetry={() => void read()} />}
      {refusedLine !== undefined && (
        <button type="button" className="button" onClick={() => toLine(refusedLine)} data-testid="to-line">
          <Icon name="pen" /> {t('typed.place', { line: refusedLine })}
        </button>
      )}
      <p className="quiet" id={`${id}-hint`}>
        {t('typed.hint')}
      </p>
      {degrees && (
        <DatumChoice
          datum={datum}
          onDatum={(next) => {
            bench.step({ do: 'set_datum', of: 'datum', datum: next });
            setReading({ state: 'idle' });
          }}
        />
      )}
      {reading.state === 'lacks' && (
        <p role="alert" className="wrong">
          {t(`typed.${reading.what}`)}
        </p>
      )}
      {reading.state === 'read' && upload !== null && (
        <>
          <UploadReport upload={{ ...upload, answer: withoutLines(upload.answer) }} />
          <ShapeList
            shapes={bench.work.shapes}
            selected={bench.work.selected}
            onToggle={(shape) => bench.step({ do: 'toggle', id: shape })}
            onShow={props.onShow}
          />
        </>
      )}
      <div className="way-foot">
        {reading.state === 'read' ? (
          <button type="button" className="button primary" onClick={props.onDone} data-testid="typed-use">
            <Icon name="check" /> {t('typed.use')}
          </button>
        ) : (
          <button
            type="submit"
            className="button primary"
            disabled={reading.state === 'reading'}
            data-testid="typed-read"
          >
            {t(reading.state === 'reading' ? 'upload.reading' : 'typed.read')}
          </button>
        )}
      </div>
    </form>
  );
}

/** The remarks that stand beside the box already are not said a second time. */
function withoutLines<T extends { notes: Note[] }>(answer: T): T {
  return { ...answer, notes: answer.notes.filter((note) => note.where?.line === undefined) };
}
