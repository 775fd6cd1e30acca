import { AreaLine } from '../components/area_line.tsx';
import { Icon } from '../components/icon.tsx';
import { percent, squareMetres } from '../text/format.ts';
import { useText } from '../text/use_text.tsx';
import type { WorkShape } from './shapes.ts';

function Stated(props: { shape: WorkShape }) {
  const { t } = useText();
  const { area_m2, stated_area_m2 } = props.shape;
  if (stated_area_m2 === null || area_m2 === null || stated_area_m2 <= 0) return null;
  const difference = area_m2 - stated_area_m2;
  const sign = difference < 0 ? '−' : '+';
  const params = {
    stated: squareMetres(stated_area_m2),
    difference: `${sign}${squareMetres(Math.abs(difference))}`,
    share: percent(Math.abs(difference) / stated_area_m2),
  };
  return <small>{t('upload.stated', params)}</small>;
}

/** The shapes of a file, each with its area, to choose which are to be checked. */
export function ShapeList(props: {
  shapes: WorkShape[];
  selected: string[];
  onToggle(id: string): void;
  onShow(shape: WorkShape): void;
}) {
  const { t } = useText();
  return (
    <ul className="shape-list" aria-label={t('upload.shapes')} data-testid="shape-list">
      {props.shapes.map((shape, i) => (
        <li key={shape.id}>
          <label>
            <input
              type="checkbox"
              checked={props.selected.includes(shape.id)}
              disabled={shape.checkable === null}
              onChange={() => props.onToggle(shape.id)}
            />
            <span>
              <strong>{shape.name === '' ? t('upload.unnamed', { n: i + 1 }) : shape.name}</strong>
              {shape.checkable === null && <small>{t('upload.not_checkable')}</small>}
              {shape.area_m2 !== null && shape.checkable?.type !== 'Point' && (
                <AreaLine area_m2={shape.area_m2} official={shape.official} />
              )}
              <Stated shape={shape} />
            </span>
          </label>
          <button
            type="button"
            className="icon-button"
            aria-label={t('upload.show')}
            onClick={() => props.onShow(shape)}
          >
            <Icon name="fit" />
          </button>
        </li>
      ))}
    </ul>
  );
}
