import type { FeatureCollection } from 'geojson';
import { useMemo } from 'react';
import { AreaLine } from '../../components/area_line.tsx';
import { Icon } from '../../components/icon.tsx';
import { estimate } from '../../draw/estimate.ts';
import type { DrawingState } from '../../map/types.ts';
import { useText } from '../../text/use_text.tsx';

const WATCHED = ['permanent_basic_farmland', 'ecological_red_line', 'geohazard'] as const;
const CORNERS_NEEDED = 3;

/** Under the thumb while drawing: what to do, the area so far, what it may touch, and the buttons. */
export default function DrawBar(props: {
  state: DrawingState | null;
  zones: Record<string, FeatureCollection>;
  titles: ReadonlyMap<string, string>;
  onApproach(): void;
  onUndo(): void;
  onFinish(): void;
  onClear(): void;
  onCancel(): void;
  onUse(state: DrawingState, area_m2: number | null): void;
}) {
  const { t } = useText();
  const { state, zones, titles } = props;
  const polygon = state?.polygon ?? null;
  const guess = useMemo(
    () => (polygon === null ? null : estimate(polygon, zones, WATCHED)),
    [polygon, zones],
  );
  const editing = state?.phase === 'edit';
  const corners = state?.corners ?? 0;
  const maybe = guess?.zones.filter((zone) => zone.touch === 'maybe') ?? [];
  const far = state?.phase === 'approach';
  const hint = far
    ? t('draw.approach')
    : editing
      ? t('draw.edit')
      : corners === 0
        ? t('draw.start')
        : t('draw.more', { n: corners });
  return (
    <section
      className="draw-bar"
      aria-label={t('draw.title')}
      data-testid="draw-bar"
      data-phase={state?.phase ?? 'draw'}
    >
      <p className="draw-hint">{hint}</p>
      <div className="draw-facts" aria-live="polite">
        {guess?.crosses === true && (
          <p className="draw-touch" data-testid="draw-crosses">
            <Icon name="warning" size={20} /> {t('draw.crosses')}
          </p>
        )}
        {guess?.crosses === false && (
          <p data-testid="draw-area">
            <AreaLine area_m2={guess.area_m2} official={false} />
          </p>
        )}
        {maybe.map((zone) => (
          <p key={zone.layer} className="draw-touch" data-testid={`touch-${zone.layer}`}>
            <Icon name="warning" size={20} />{' '}
            {t('draw.touches', { zone: titles.get(zone.layer) ?? zone.layer })}
          </p>
        ))}
      </div>
      <div className="draw-buttons">
        <button type="button" className="button" onClick={props.onCancel} data-testid="draw-cancel">
          <Icon name="close" /> {t('draw.cancel')}
        </button>
        {far ? null : editing ? (
          <button type="button" className="button" onClick={props.onClear} data-testid="draw-clear">
            <Icon name="trash" /> {t('draw.clear')}
          </button>
        ) : (
          <button
            type="button"
            className="button"
            disabled={corners === 0}
            onClick={props.onUndo}
            data-testid="draw-undo"
          >
            <Icon name="undo" /> {t('draw.undo')}
          </button>
        )}
        {far ? (
          <button
            type="button"
            className="button primary draw-approach"
            onClick={props.onApproach}
            data-testid="draw-approach"
          >
            <Icon name="plus" /> {t('draw.approach_middle')}
          </button>
        ) : editing && state !== null ? (
          <button
            type="button"
            className="button primary"
            disabled={guess === null}
            onClick={() => guess !== null && props.onUse(state, guess.crosses ? null : guess.area_m2)}
            data-testid="draw-use"
          >
            <Icon name="check" /> {t('draw.use')}
          </button>
        ) : (
          <button
            type="button"
            className="button primary"
            disabled={corners < CORNERS_NEEDED}
            onClick={props.onFinish}
            data-testid="draw-finish"
          >
            <Icon name="check" /> {t('draw.finish')}
          </button>
        )}
      </div>
    </section>
  );
}
