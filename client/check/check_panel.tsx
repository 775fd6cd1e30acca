import { useRef, useState } from 'react';
import { Icon } from '../components/icon.tsx';
import type { MessageKey } from '../text/messages.ts';
import { useText } from '../text/use_text.tsx';
import { ActivityPicker } from './activity_picker.tsx';
import { type Colours, Results } from './results.tsx';
import type { WorkShape } from './shapes.ts';
import { useOnline } from './use_online.ts';
import type { Way } from './use_ways.ts';
import type { Bench } from './use_workspace.ts';
import { Where } from './where.tsx';
import { missing } from './workspace.ts';

export interface CheckPanelProps {
  bench: Bench;
  colours: Colours;
  /** null: this page has no map to draw on */
  draw: { ready: boolean; onStart(): void } | null;
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
  const follows = !answered && (lacks === null || (lacks === 'shape' && !asked));
  const online = useOnline();
  const place = useRef<HTMLDivElement>(null);
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
      <Where {...props} />
    </div>
  );
  return (
    <div className="check-panel">
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
        <button
          type="button"
          className={`button wide ${lacks === null || lacks === 'shape' ? 'primary' : ''}`}
          disabled={busy}
          data-testid="run-check"
          onClick={() => {
            setAsked(true);
            if (lacks === null) void bench.check();
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
