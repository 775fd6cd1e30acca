import { Icon } from '../components/icon.tsx';
import { metres } from '../text/format.ts';
import { useText } from '../text/use_text.tsx';
import { fixOf } from './fix.ts';
import type { Positioning } from './use_fix.ts';

/** How the positioning goes: the wait with its end, or why there is no position and what to do instead. */
export function FixProgress(props: { positioning: Positioning }) {
  const { t } = useText();
  const { state, stop } = props.positioning;
  const fix = fixOf(state);
  if (state.phase === 'failed') {
    return (
      <div className="card failure" role="alert" data-testid="fix-failed" data-failure={state.failure}>
        <p className="failure-title">
          <Icon name="warning" /> {t(`stand.failed.${state.failure}.title`)}
        </p>
        <p>{t(`stand.failed.${state.failure}.text`)}</p>
      </div>
    );
  }
  return (
    <>
      {state.phase === 'waiting' && (
        <div className="fix-waiting" data-testid="fix-waiting">
          <p>
            <span className="spinner" aria-hidden="true" />
            {t(fix === null ? 'stand.first' : 'stand.waiting', { seconds: state.seconds_left })}
          </p>
          <button type="button" className="button" onClick={stop} data-testid="fix-stop">
            <Icon name="check" /> {t(fix === null ? 'stand.give_up' : 'stand.stop')}
          </button>
        </div>
      )}
      <p className="fix-accuracy" role="status" data-testid="fix-accuracy">
        {fix !== null && t('stand.accuracy', { accuracy: metres(fix.accuracy_m) })}
      </p>
    </>
  );
}
