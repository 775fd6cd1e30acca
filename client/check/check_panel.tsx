import { useState } from 'react';
import { AreaLine } from '../components/area_line.tsx';
import { Icon } from '../components/icon.tsx';
import type { MessageKey } from '../text/messages.ts';
import { useText } from '../text/use_text.tsx';
import { ActivityPicker } from './activity_picker.tsx';
import { type Colours, Results } from './results.tsx';
import { ShapeList } from './shape_list.tsx';
import type { WorkShape } from './shapes.ts';
import { UploadBox } from './upload_box.tsx';
import { UploadReport } from './upload_report.tsx';
import type { Bench } from './use_workspace.ts';
import { missing } from './workspace.ts';

interface CheckPanelProps {
  bench: Bench;
  colours: Colours;
  /** null: this page has no map to draw on */
  draw: { ready: boolean; onStart(): void } | null;
  onShow(shape: WorkShape): void;
  onShowPlace?: ((position: [number, number]) => void) | undefined;
}

function Accuracy(props: { bench: Bench }) {
  const { t } = useText();
  const { work, step } = props.bench;
  if (!work.shapes.some((shape) => shape.checkable?.type === 'Point')) return null;
  return (
    <label className="field">
      <span>{t('check.accuracy')}</span>
      <input
        type="number"
        inputMode="decimal"
        min="0.1"
        max="1000"
        step="any"
        value={work.accuracy_m ?? ''}
        onChange={(event) => {
          const accuracy = event.target.valueAsNumber;
          step({ do: 'set_accuracy', accuracy_m: accuracy > 0 && accuracy <= 1000 ? accuracy : null });
        }}
      />
      <small>{t('check.accuracy_text')}</small>
    </label>
  );
}

function Drawn(props: { shape: WorkShape; draw: CheckPanelProps['draw']; onClear(): void }) {
  const { t } = useText();
  return (
    <div className="card drawn" data-testid="drawn-shape">
      <p>
        <Icon name="pen" /> {t('check.drawn')}
      </p>
      {props.shape.area_m2 !== null && (
        <AreaLine area_m2={props.shape.area_m2} official={props.shape.official} />
      )}
      <div className="row">
        {props.draw !== null && (
          <button
            type="button"
            className="button"
            disabled={!props.draw.ready}
            onClick={props.draw.onStart}
            data-testid="change-shape"
          >
            <Icon name="pen" /> {t('check.change')}
          </button>
        )}
        <button type="button" className="button" onClick={props.onClear} data-testid="clear-shape">
          <Icon name="trash" /> {t('check.clear')}
        </button>
      </div>
    </div>
  );
}

function DrawButton(props: { draw: NonNullable<CheckPanelProps['draw']> }) {
  const { t } = useText();
  return (
    <button
      type="button"
      className="button primary wide"
      disabled={!props.draw.ready}
      onClick={props.draw.onStart}
      data-testid="start-drawing"
    >
      <Icon name="pen" /> {t('check.draw')}
    </button>
  );
}

function Where(props: CheckPanelProps) {
  const { t } = useText();
  const { bench, draw, onShowPlace } = props;
  const { work, step } = bench;
  const drawn = work.upload === null ? work.shapes[0] : undefined;
  return (
    <fieldset className="step">
      <legend className="step-title">{t(draw === null ? 'check.which_file' : 'check.where')}</legend>
      {drawn !== undefined && (
        <Drawn shape={drawn} draw={draw} onClear={() => step({ do: 'clear_shapes' })} />
      )}
      {work.upload !== null && (
        <>
          <UploadReport upload={work.upload} onShowPlace={onShowPlace} />
          <ShapeList
            shapes={work.shapes}
            selected={work.selected}
            onToggle={(id) => step({ do: 'toggle', id })}
            onShow={props.onShow}
          />
        </>
      )}
      <div className="where">
        {draw !== null && drawn === undefined && work.activity === null && <DrawButton draw={draw} />}
        <UploadBox
          large={draw === null && work.upload === null}
          again={work.upload !== null}
          onStep={step}
          onShowPlace={onShowPlace}
        />
      </div>
      <Accuracy bench={bench} />
    </fieldset>
  );
}

/** The two questions (what, where), the button, and the answers. */
export function CheckPanel(props: CheckPanelProps) {
  const { t } = useText();
  const { bench, draw } = props;
  const { work, step } = bench;
  const [asked, setAsked] = useState(false);
  const lacks = missing(work);
  const busy = Object.values(work.outcomes).some((outcome) => outcome.state === 'checking');
  const goText = busy
    ? t('check.checking')
    : work.selected.length > 1
      ? t('check.go_many', { n: work.selected.length })
      : t('check.go');
  const answered = Object.keys(work.outcomes).length > 0;
  const follows = !answered && (lacks === null || (lacks === 'shape' && draw !== null));
  const what = (
    <ActivityPicker
      key="what"
      activity={work.activity}
      details={work.details}
      onActivity={(activity) => step({ do: 'choose_activity', activity })}
      onDetail={(detail, value) => step({ do: 'choose_detail', detail, value })}
    />
  );
  const where = <Where key="where" {...props} />;
  return (
    <div className="check-panel">
      {draw === null ? [where, what] : [what, where]}
      <div className={`check-go ${follows ? 'follows' : ''}`}>
        {asked && lacks !== null && (
          <p role="alert" className="missing">
            <Icon name="info" /> {t(`check.missing.${lacks}` as MessageKey)}
          </p>
        )}
        {lacks === 'shape' && draw !== null ? (
          <DrawButton draw={draw} />
        ) : (
          <button
            type="button"
            className={`button wide ${lacks === null ? 'primary' : ''}`}
            disabled={busy}
            data-testid="run-check"
            onClick={() => {
              setAsked(true);
              if (lacks === null) void bench.check();
            }}
          >
            {goText}
          </button>
        )}
      </div>
      <Results bench={bench} colours={props.colours} onShowPlace={props.onShowPlace} />
    </div>
  );
}
