import type { CheckLayer } from '../../server/contract/index.ts';
import { metres } from '../text/format.ts';
import type { Texts } from '../text/use_text.tsx';
import { useText } from '../text/use_text.tsx';

type Certainty = NonNullable<CheckLayer['certainty']>;

/** How sure a layer's answer is, in plain words; with the accuracy where that is known. */
export function certaintyText(certainty: Certainty, accuracy_m: number | null, t: Texts['t']): string {
  if (certainty === 'maybe' && accuracy_m !== null) {
    return t('certainty.maybe_within', { accuracy: metres(accuracy_m) });
  }
  return t(`certainty.${certainty}`);
}

/** Zones whose answer counts how exactly the place is known, those inside first. */
export function certainZones(layers: readonly CheckLayer[]): { layer: CheckLayer; certainty: Certainty }[] {
  const order: Certainty[] = ['surely_inside', 'maybe', 'surely_outside'];
  return layers
    .flatMap((layer) =>
      layer.certainty === null || layer.certainty === undefined || layer.layer === 'land_use'
        ? []
        : [{ layer, certainty: layer.certainty }],
    )
    .filter(({ layer }) => layer.status === 'affected' || layer.status === 'not_affected')
    .sort((a, b) => order.indexOf(a.certainty) - order.indexOf(b.certainty));
}

/** For each zone: surely inside or maybe, a line each; those surely outside together. */
export function Certainties(props: { layers: readonly CheckLayer[]; accuracy_m: number | null }) {
  const { t } = useText();
  const zones = certainZones(props.layers);
  if (zones.length === 0) return null;
  const near = zones.filter(({ certainty }) => certainty !== 'surely_outside');
  const outside = zones.filter(({ certainty }) => certainty === 'surely_outside');
  return (
    <section className="verdict-part" data-testid="certainties">
      <h3>{t('certainty.title')}</h3>
      <ul className="certainties">
        {near.map(({ layer, certainty }) => (
          <li key={layer.layer} data-testid={`certainty-${layer.layer}`} data-certainty={certainty}>
            <strong>{layer.title}</strong>
            <span className={`certainty certainty-${certainty}`}>
              {certaintyText(certainty, props.accuracy_m, t)}
            </span>
          </li>
        ))}
        {outside.length > 0 && (
          <li data-testid="certainly-outside">
            <span>
              <strong className="certainty-surely_outside">{t('certainty.surely_outside')}</strong>{' '}
              {outside.map(({ layer }) => layer.title).join(t('certainty.and'))}
            </span>
          </li>
        )}
      </ul>
      {near.some(({ certainty }) => certainty === 'maybe') && <p className="quiet">{t('certainty.text')}</p>}
    </section>
  );
}
