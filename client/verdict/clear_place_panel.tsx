import { useState } from 'react';
import '../styles/clear_place.css';
import type { CheckAnswer } from '../../server/contract/index.ts';
import { FailureCard } from '../components/failure_card.tsx';
import { Icon } from '../components/icon.tsx';
import { useText } from '../text/use_text.tsx';
import { ClearPlaceFound } from './clear_place_found.tsx';
import { ClearPlaceNone } from './clear_place_none.tsx';
import { clearPlaceQuestion, type FoundPlace, RADII_M } from './clear_place_question.ts';
import { useClearPlace } from './use_clear_place.ts';

/** Under a verdict of conflict: looks for the nearest place that would do, and shows it beside the old one. */
export function ClearPlacePanel(props: { answer: CheckAnswer; onPlace(place: FoundPlace | null): void }) {
  const { t } = useText();
  const [radius_m, setRadius] = useState<number>(RADII_M[0]);
  const [rotate, setRotate] = useState(false);
  const { search, begin } = useClearPlace((answer) => props.onPlace(answer.found ? answer : null));
  const question = clearPlaceQuestion(props.answer);
  if (question === null) return null;
  const searching = search.state === 'searching';
  const start = () => {
    props.onPlace(null);
    begin({ ...question, radius_m, rotate });
  };
  return (
    <section
      className="verdict-part no-print clear-place"
      aria-labelledby="clear-place"
      data-testid="clear-place"
    >
      <h3 id="clear-place">{t('clear_place.title')}</h3>
      <p>{t('clear_place.text')}</p>
      <fieldset className="clear-place-options">
        <legend>{t('clear_place.within')}</legend>
        {RADII_M.map((metres) => (
          <label key={metres} className="clear-place-option">
            <input
              type="radio"
              name="clear-place-radius"
              checked={radius_m === metres}
              disabled={searching}
              onChange={() => setRadius(metres)}
              data-testid={`clear-place-radius-${metres}`}
            />
            {t('clear_place.metres', { metres })}
          </label>
        ))}
      </fieldset>
      <label className="clear-place-option">
        <input
          type="checkbox"
          checked={rotate}
          disabled={searching}
          onChange={(event) => setRotate(event.target.checked)}
          data-testid="clear-place-rotate"
        />
        {t('clear_place.rotate')}
      </label>
      <button
        type="button"
        className="button wide"
        disabled={searching}
        onClick={start}
        data-testid="clear-place-begin"
      >
        <Icon name="pin" /> {t(search.state === 'rest' ? 'clear_place.begin' : 'clear_place.again')}
      </button>
      <div role="status" aria-busy={searching} data-testid="clear-place-result">
        {searching && <p>{t('clear_place.searching')}</p>}
        {search.state === 'answered' && search.answer.found && <ClearPlaceFound place={search.answer} />}
        {search.state === 'answered' && !search.answer.found && (
          <ClearPlaceNone
            reason={search.answer.reason}
            decided={search.answer.decided}
            farther={search.answer.radius_m < RADII_M.at(-1)!}
            turned={search.answer.rotate}
          />
        )}
      </div>
      {search.state === 'failed' && <FailureCard failure={search.failure} onRetry={start} />}
    </section>
  );
}
