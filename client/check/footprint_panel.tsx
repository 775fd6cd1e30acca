import { useEffect, useState } from 'react';
import type { Failure } from '../api/request.ts';
import { postShape } from '../api/shapes.ts';
import { failureOf } from '../api/use_resource.ts';
import { AreaLine } from '../components/area_line.tsx';
import { FailureCard } from '../components/failure_card.tsx';
import { Icon } from '../components/icon.tsx';
import { PRESETS, previewFootprint } from '../draw/footprint.ts';
import { boundsOf, padded } from '../map/bounds.ts';
import type { MapControls } from '../map/types.ts';
import { metres } from '../text/format.ts';
import { useText } from '../text/use_text.tsx';
import { BearingField } from './bearing_field.tsx';
import { fixOf } from './fix.ts';
import { FixProgress } from './fix_progress.tsx';
import { footprintShape } from './shapes.ts';
import { SideField } from './side_field.tsx';
import { TypedCenter } from './typed_center.tsx';
import type { Positioning } from './use_fix.ts';
import type { Bench } from './use_workspace.ts';

const ROOM = 1.5;

/** Sets down a rectangle: size, bearing, and its centre by tap, drag, positioning or typed coordinates. */
export function FootprintPanel(props: {
  bench: Bench;
  positioning: Positioning;
  map: MapControls | null;
  onDone(): void;
}) {
  const { t } = useText();
  const { bench, positioning, map } = props;
  const { footprint, datum } = bench.work;
  const [typing, setTyping] = useState(map === null);
  const [measuring, setMeasuring] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { step } = bench;
  const fix = fixOf(positioning.state);

  const put = (center: [number, number], accuracy_m: number | null) => {
    step({ do: 'set_footprint', change: { center, accuracy_m } });
    const shape = previewFootprint({ ...footprint, center });
    const bounds = shape === null ? null : boundsOf([shape]);
    if (bounds !== null) map?.fit(padded(bounds, ROOM));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new position moves the footprint
  useEffect(() => {
    if (fix !== null) put(fix.position, fix.accuracy_m);
  }, [fix]);

  const use = async () => {
    if (footprint.center === null) return;
    setFailure(null);
    setMeasuring(true);
    try {
      const { center, width_m, depth_m, bearing_deg } = footprint;
      const answer = await postShape({ footprint: { center, width_m, depth_m, bearing_deg } });
      step({ do: 'put_shape', shape: footprintShape(footprint, answer) });
      props.onDone();
    } catch (thrown) {
      setFailure(failureOf(thrown));
    } finally {
      setMeasuring(false);
    }
  };
  const { accuracy_m, width_m, depth_m } = footprint;
  const vague = accuracy_m !== null && accuracy_m > Math.min(width_m, depth_m) / 2;
  const hint =
    map === null ? 'footprint.no_map' : footprint.center === null ? 'footprint.tap' : 'footprint.drag';
  return (
    <div className="way-body" data-testid="footprint-panel">
      {(map !== null || footprint.center === null) && <p className="way-hint">{t(hint)}</p>}
      <div className="way-row">
        <button type="button" className="button" onClick={positioning.start} data-testid="footprint-here">
          <Icon name="locate" /> {t('footprint.here')}
        </button>
        {map !== null && (
          <button
            type="button"
            className="button"
            onClick={() => {
              positioning.forget();
              put(map.center(), null);
            }}
            data-testid="footprint-middle"
          >
            <Icon name="fit" /> {t('footprint.middle')}
          </button>
        )}
      </div>
      <FixProgress positioning={positioning} />
      <div className="sides">
        <SideField
          label={t('footprint.width')}
          value={width_m}
          onValue={(side) => step({ do: 'set_footprint', change: { width_m: side } })}
          testId="footprint-width"
        />
        <SideField
          label={t('footprint.depth')}
          value={depth_m}
          onValue={(side) => step({ do: 'set_footprint', change: { depth_m: side } })}
          testId="footprint-depth"
        />
      </div>
      <BearingField
        bearing_deg={footprint.bearing_deg}
        onBearing={(bearing_deg) => step({ do: 'set_footprint', change: { bearing_deg } })}
      />
      <fieldset className="presets">
        <legend className="visually-hidden">{t('footprint.presets')}</legend>
        {PRESETS.map(([width, depth]) => (
          <button
            key={`${width} ${depth}`}
            type="button"
            className="chip"
            aria-pressed={width === width_m && depth === depth_m}
            onClick={() => step({ do: 'set_footprint', change: { width_m: width, depth_m: depth } })}
            data-testid={`preset-${width}x${depth}`}
          >
            {width}×{depth}
          </button>
        ))}
      </fieldset>
      <details
        className="typed-center-box"
        open={typing}
        onToggle={(event) => setTyping(event.currentTarget.open)}
      >
        <summary data-testid="type-center">
          {t('footprint.typed')} <Icon name="down" />
        </summary>
        <TypedCenter
          footprint={footprint}
          datum={datum}
          onDatum={(next) => step({ do: 'set_datum', of: 'datum', datum: next })}
          onCenter={(center) => {
            positioning.forget();
            put(center, null);
          }}
        />
      </details>
      {vague && (
        <p className="note note-warning" data-testid="footprint-vague">
          <Icon name="warning" /> <span>{t('footprint.poor', { accuracy: metres(accuracy_m) })}</span>
        </p>
      )}
      {failure !== null && <FailureCard failure={failure} onRetry={() => void use()} />}
      <div className="way-foot">
        <p data-testid="footprint-area" aria-live="polite">
          <AreaLine area_m2={width_m * depth_m} official={false} />
          {footprint.center !== null && (
            <small data-testid="footprint-center">
              <span className="visually-hidden">{t('footprint.center')} </span>
              {footprint.center.map((degrees) => degrees.toFixed(6)).join(', ')}
            </small>
          )}
        </p>
        <button
          type="button"
          className="button primary"
          disabled={footprint.center === null || measuring}
          onClick={() => void use()}
          data-testid="footprint-use"
        >
          <Icon name="check" /> {t(measuring ? 'footprint.measuring' : 'footprint.use')}
        </button>
      </div>
    </div>
  );
}
