import { useId } from 'react';
import { Icon } from '../components/icon.tsx';
import { halfTurn } from '../draw/footprint.ts';
import type { Texts } from '../text/use_text.tsx';
import { useText } from '../text/use_text.tsx';

/** A bearing between -90 and 90 degrees in words. */
function inWords(bearing_deg: number, t: Texts['t']): string {
  if (bearing_deg === 0) return t('footprint.north');
  return t(bearing_deg > 0 ? 'footprint.east' : 'footprint.west', { degrees: Math.abs(bearing_deg) });
}

/** Turns a footprint: by slider, by arrow keys on it, or degree by degree. */
export function BearingField(props: { bearing_deg: number; onBearing(bearing_deg: number): void }) {
  const { t } = useText();
  const id = useId();
  const { bearing_deg, onBearing } = props;
  const words = inWords(bearing_deg, t);
  return (
    <div className="field bearing">
      <label htmlFor={id}>
        <span>
          {t('footprint.bearing')} <output data-testid="bearing-words">{words}</output>
        </span>
      </label>
      <div className="bearing-row">
        <button
          type="button"
          className="icon-button framed"
          aria-label={t('footprint.left')}
          onClick={() => onBearing(halfTurn(bearing_deg - 1))}
        >
          <Icon name="undo" />
        </button>
        <input
          id={id}
          type="range"
          min="-90"
          max="90"
          step="1"
          value={bearing_deg}
          aria-valuetext={words}
          onChange={(event) => onBearing(event.target.valueAsNumber)}
          data-testid="bearing"
        />
        <button
          type="button"
          className="icon-button framed mirrored"
          aria-label={t('footprint.right')}
          onClick={() => onBearing(halfTurn(bearing_deg + 1))}
        >
          <Icon name="undo" />
        </button>
      </div>
    </div>
  );
}
