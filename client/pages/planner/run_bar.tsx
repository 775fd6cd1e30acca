import { Icon } from '../../components/icon.tsx';
import { withoutData } from '../../planner/conflicts.ts';
import type { Overlays } from '../../planner/use_overlays.ts';
import { usePlannerText } from './planner_text.ts';

/** Starts the computing, shows how far it is, ends it, and tries again what failed. */
export function RunBar(props: { overlays: Overlays; count: number }) {
  const { t } = usePlannerText();
  const { overlays, count } = props;
  const { progress, open, refused, answered, faulty } = overlays;
  const blank = withoutData(answered).length;
  const said = faulty
    ? t('planner.faulty')
    : progress !== null
      ? t('planner.running', { done: progress.done, total: progress.total })
      : refused > 0
        ? t('planner.some_refused', { n: refused })
        : open > 0 && answered.length > 0
          ? t('planner.some_open', { n: open })
          : answered.length === count && count > 0
            ? blank > 0
              ? t('planner.all_done_blank', { n: count - blank, blank })
              : t('planner.all_done', { n: count })
            : '';
  return (
    <div className="run-bar no-print">
      <p role="status" data-testid="run-status">
        {said}
      </p>
      {progress !== null && (
        <progress aria-label={t('planner.progress')} value={progress.done} max={progress.total} />
      )}
      {progress !== null ? (
        <button type="button" className="button wide" onClick={overlays.cancel} data-testid="run-cancel">
          <Icon name="close" /> {t('planner.cancel')}
        </button>
      ) : (
        (open > 0 || refused > 0) && (
          <button
            type="button"
            className="button primary wide"
            disabled={faulty}
            onClick={() => void overlays.run()}
            data-testid="run-overlays"
          >
            <Icon name={refused > 0 && open === 0 ? 'retry' : 'layers'} />{' '}
            {refused > 0 && open === 0 ? t('failure.retry') : t('planner.run', { n: open + refused })}
          </button>
        )
      )}
    </div>
  );
}
