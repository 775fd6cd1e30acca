import { useId } from 'react';
import type { Datum } from '../../server/contract/index.ts';
import { useText } from '../text/use_text.tsx';

const DATUMS = ['cgcs2000', 'wgs84', 'gcj02'] as const satisfies readonly Datum[];

/** Where coordinates come from, and why that matters. */
export function DatumChoice(props: { datum: Datum | null; onDatum(datum: Datum): void }) {
  const { t } = useText();
  const name = useId();
  return (
    <fieldset className="datum" data-testid="datum">
      <legend className="details-title">{t('datum.title')}</legend>
      <p className="quiet">{t('datum.why')}</p>
      <div className="datum-options">
        {DATUMS.map((datum) => (
          <label key={datum} className="datum-option">
            <input
              type="radio"
              name={name}
              checked={props.datum === datum}
              onChange={() => props.onDatum(datum)}
              data-testid={`datum-${datum}`}
            />
            <span>
              {t(`datum.${datum}`)} <small>{t(`datum.${datum}_text`)}</small>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
