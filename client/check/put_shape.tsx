import { AreaLine } from '../components/area_line.tsx';
import { Icon } from '../components/icon.tsx';
import type { IconName } from '../components/icon_paths.ts';
import { metres } from '../text/format.ts';
import type { Texts } from '../text/use_text.tsx';
import { useText } from '../text/use_text.tsx';
import type { ShapeSource, WorkShape } from './shapes.ts';

const ICONS: Record<ShapeSource, IconName> = {
  drawn: 'pen',
  footprint: 'plot',
  stand: 'locate',
  file: 'file',
};

function named(shape: WorkShape, t: Texts['t']): string {
  if (shape.source === 'footprint') return t('check.set_down', { size: shape.name });
  if (shape.source === 'stand') return t('check.stand', { accuracy: metres(shape.accuracy_m ?? 0) });
  return t('check.drawn');
}

/** The one shape that was drawn, set down or stood on, with the ways to change it and to take it away. */
export function PutShape(props: {
  shape: WorkShape;
  ready: boolean;
  /** null: there is no way to change it here */
  onChange: (() => void) | null;
  onClear(): void;
}) {
  const { t } = useText();
  const { shape } = props;
  return (
    <div className="card drawn" data-testid={`${shape.source}-shape`}>
      <p>
        <Icon name={ICONS[shape.source]} /> {named(shape, t)}
      </p>
      {shape.area_m2 !== null && <AreaLine area_m2={shape.area_m2} official={shape.official} />}
      {shape.source === 'footprint' && shape.accuracy_m !== null && (
        <p className="quiet">{t('check.about', { accuracy: metres(shape.accuracy_m) })}</p>
      )}
      <div className="row">
        {props.onChange !== null && (
          <button
            type="button"
            className="button"
            disabled={!props.ready}
            onClick={props.onChange}
            data-testid="change-shape"
          >
            <Icon name="pen" /> {t('check.change')}
          </button>
        )}
        <button type="button" className="button" onClick={props.onClear} data-testid="clear-shape">
          <Icon name="trash" /> {t('check.clear')}
        </button>
      </div>
    </div>
  );
}
