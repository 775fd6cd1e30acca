import { useEffect } from 'react';
import { Icon } from '../components/icon.tsx';
import { circle } from '../draw/circle.ts';
import { boundsOf } from '../map/bounds.ts';
import type { MapControls } from '../map/types.ts';
import { useText } from '../text/use_text.tsx';
import { Elsewhere } from './elsewhere.tsx';
import { fixOf, quality } from './fix.ts';
import { FixProgress } from './fix_progress.tsx';
import { standShape } from './shapes.ts';
import type { Positioning } from './use_fix.ts';
import type { Bench } from './use_workspace.ts';

/** The village whose page is open; `holds` answers null where its border is not known. */
export interface Home {
  code: string;
  name: string;
  holds(position: readonly [number, number]): boolean | null;
}

/** Finds out where somebody stands, as exactly as the device can, and takes that as the place to check. */
export function StandPanel(props: {
  bench: Bench;
  positioning: Positioning;
  map: MapControls | null;
  home: Home | null;
  onDone(): void;
}) {
  const { t } = useText();
  const { positioning, map, home } = props;
  const { state } = positioning;
  const fix = fixOf(state);
  useEffect(() => {
    const bounds = fix === null ? null : boundsOf([circle(fix.position, fix.accuracy_m)]);
    if (bounds !== null) map?.fit(bounds);
  }, [fix, map]);
  const waiting = state.phase === 'waiting';
  const worth = fix === null ? null : quality(fix);
  const outside = !waiting && fix !== null && home?.holds(fix.position) === false;
  return (
    <div className="way-body" data-testid="stand-panel">
      <p className="way-hint">{t('stand.text')}</p>
      <FixProgress positioning={positioning} />
      {!waiting && worth !== null && worth !== 'good' && (
        <p className="note note-warning" role="alert" data-testid={`fix-${worth}`}>
          <Icon name="warning" /> <span>{t(`stand.${worth}`)}</span>
        </p>
      )}
      {outside && home !== null && <Elsewhere position={fix.position} village={home} />}
      {!waiting && (
        <div className="way-foot">
          <button
            type="button"
            className={`button ${fix === null ? 'primary' : ''}`}
            onClick={positioning.start}
            data-testid="stand-start"
          >
            <Icon name="locate" /> {t(state.phase === 'idle' ? 'stand.start' : 'stand.again')}
          </button>
          {fix !== null && worth !== 'useless' && (
            <button
              type="button"
              className="button primary"
              onClick={() => {
                props.bench.step({ do: 'put_shape', shape: standShape(fix) });
                props.onDone();
              }}
              data-testid="stand-use"
            >
              <Icon name="check" /> {t('stand.use')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
