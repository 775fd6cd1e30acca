import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Icon } from '../components/icon.tsx';
import type { MessageKey } from '../text/messages.ts';
import { useText } from '../text/use_text.tsx';
import { ActivityPicker } from './activity_picker.tsx';
import { DoubtCard } from './doubt_card.tsx';
import { ignoreDoubleClick } from './ignore_double_click.ts';
import { type Colours, Results } from './results.tsx';
import type { WorkShape } from './shapes.ts';
import { useOnline } from './use_online.ts';
import type { Way } from './use_ways.ts';
import type { Bench } from './use_workspace.ts';
import { doubtfulSize } from './usual_sizes.ts';
import { Where } from './where.tsx';
import { missing } from './workspace.ts';

export interface CheckPanelProps {
  bench: Bench;
  colours: Colours;
  /** null: this page has no map to draw on */
  draw: { ready: boolean; onStart(): void } | null;
  /** to be known before anything is asked */
  remark?: ReactNode;
  onWay(way: Way): void;
  onShow(shape: WorkShape): void;
  onShowPlace?: ((position: [number, number]) => void) | undefined;
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
  const online = useOnline();
  const place = useRef<HTMLDivElement>(null);
  const doubt = doubtfulSize(
    work.activity,
    work.shapes.filter(({ id }) => work.selected.includes(id)),
  );
  const [doubting, setDoubting] = useState(false);
  const asking = doubting && doubt !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question is another doubt
  useEffect(() => setDoubting(false), [work.activity, work.shapes, work.selected]);
  const follows = !asking && (!answered || busy) && (lacks === null || (lacks === 'shape' && !asked));
  const run = () => {
    setDoubting(false);
    void bench.check();
  };
  const what = (
    <ActivityPicker
      key="what"
      activity={work.activity}
      details={work.details}
      onActivity={(activity) => step({ do: 'choose_activity', activity })}
      onDetail={(detail, value) => step({ do: 'choose_detail', detail, value })}
    />
  );
  const where = (
    <div key="where" ref={place} className="where-step">
      {props.remark}
      <Where {...props} />
    </div>
  );
  return (
    <div className="check-panel">
      {bench.restored && (
        <p className="restored" role="status" data-testid="restored">
          <span>{t('check.restored')}</span>
          <button
            type="button"
            className="button"
            onClick={() => step({ do: 'start_anew' })}
            data-testid="start-anew"
          >
            <Icon name="trash" /> {t('check.clear')}
          </button>
        </p>
      )}
      {draw === null ? [where, what] : [what, where]}
      <div className={`check-go ${follows ? 'follows' : ''}`}>
        {asked && lacks !== null && (
          <p role="alert" className="missing">
            <Icon name="info" /> {t(`check.missing.${lacks}` as MessageKey)}
          </p>
        )}
        {!online && (
          <p role="status" className="missing" data-testid="offline">
            <Icon name="warning" /> {t('check.offline')}
          </p>
        )}
        {asking && (
          <DoubtCard
            doubt={doubt}
            onChange={() => {
              setDoubting(false);
              if (draw !== null && doubt.shape.source === 'drawn') draw.onStart();
              else place.current?.scrollIntoView({ block: 'start' });
            }}
            onGo={run}
          />
        )}
        <button
          type="button"
          className={`button wide ${lacks === null || lacks === 'shape' ? 'primary' : ''}`}
          disabled={busy}
          hidden={asking}
          data-testid="run-check"
          onClick={(event) => {
            setAsked(true);
            ignoreDoubleClick(event);
            if (lacks === null && doubt !== null) setDoubting(true);
            else if (lacks === null) run();
            if (lacks === 'shape') place.current?.scrollIntoView({ block: 'start' });
          }}
        >
          {lacks === 'shape' ? t('check.next_where') : goText}
        </button>
      </div>
      <Results bench={bench} colours={props.colours} onShowPlace={props.onShowPlace} />
    </div>
  );
}
