import { useState } from 'react';
import { postCheck } from '../api/checks.ts';
import type { Failure } from '../api/request.ts';
import { failureOf } from '../api/use_resource.ts';
import { FailureCard } from '../components/failure_card.tsx';
import { Icon } from '../components/icon.tsx';
import { navigate } from '../route.ts';
import { useText } from '../text/use_text.tsx';
import { type FoundPlace, turnOf, wayMetres } from './clear_place_question.ts';

/** A place that would do: how far and where to, in words, and a check of it. */
export function ClearPlaceFound(props: { place: FoundPlace }) {
  const { t } = useText();
  const { place } = props;
  const [checking, setChecking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const turn = turnOf(place.rotation_deg);
  const check = async () => {
    setChecking(true);
    setFailure(null);
    try {
      const { geometry, activity, details } = place;
      const answer = await postCheck({ geometry, activity, details });
      navigate(`/checks/${answer.id}`);
    } catch (thrown) {
      setFailure(failureOf(thrown));
      setChecking(false);
    }
  };
  return (
    <>
      <p className="clear-place-way" data-testid="clear-place-way">
        {place.direction === null
          ? t('clear_place.here')
          : t('clear_place.way', { direction: place.direction, metres: wayMetres(place.distance_m) })}
        {turn !== null && t(`clear_place.turn_${turn.way}`, { degrees: turn.degrees })}
      </p>
      <p data-testid="clear-place-outcome">
        {t(`clear_place.outcome_${place.outcome === 'clear' ? 'clear' : 'permit'}`)}
      </p>
      {place.details.house === 'new_plot' && <p className="quiet">{t('clear_place.new_plot')}</p>}
      <p className="quiet">{t('clear_place.caution')}</p>
      <button
        type="button"
        className="button wide to-map"
        onClick={() => window.scrollTo({ top: 0 })}
        data-testid="clear-place-show"
      >
        <Icon name="pin" /> {t('clear_place.show')}
      </button>
      {failure !== null && <FailureCard failure={failure} />}
      <button
        type="button"
        className="button primary wide"
        disabled={checking}
        onClick={check}
        data-testid="clear-place-check"
      >
        <Icon name="check" /> {t(checking ? 'clear_place.checking' : 'clear_place.check')}
      </button>
    </>
  );
}
