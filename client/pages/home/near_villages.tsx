import { useEffect } from 'react';
import { fixOf, quality } from '../../check/fix.ts';
import { useFix } from '../../check/use_fix.ts';
import { Icon } from '../../components/icon.tsx';
import { useText } from '../../text/use_text.tsx';

/** Asks the device where it is, and settles for the first position that can tell one village from another. */
export function NearVillages(props: { onPosition(position: [number, number]): void }) {
  const { t } = useText();
  const { onPosition } = props;
  const { state, start, stop } = useFix();
  const fix = fixOf(state);
  const usable = fix !== null && quality(fix) !== 'useless' ? fix : null;
  const waiting = state.phase === 'waiting';
  useEffect(() => {
    if (usable === null) return;
    stop();
    onPosition(usable.position);
  }, [usable, stop, onPosition]);
  const failed =
    state.phase === 'failed'
      ? t(`stand.failed.${state.failure}.title`)
      : state.phase === 'done' && usable === null
        ? t('home.near.too_rough')
        : null;
  return (
    <div className="near">
      <button
        type="button"
        className="button"
        onClick={waiting ? stop : start}
        aria-busy={waiting}
        data-testid="near-villages"
      >
        {waiting ? <span className="spinner" aria-hidden="true" /> : <Icon name="pin" />}
        {waiting ? t('stand.first', { seconds: state.seconds_left }) : t('home.near')}
      </button>
      <p role="status" className="quiet" data-testid="near-failed">
        {failed === null ? '' : `${failed}${t('home.near.instead')}`}
      </p>
    </div>
  );
}
