import type { CheckLayer } from '../../server/contract/index.ts';
import { mu, percent, squareMetres } from '../text/format.ts';
import { useText } from '../text/use_text.tsx';

/** Each zone that the shape touches, and by how much. */
export function AffectedZones(props: { layers: CheckLayer[]; colours: ReadonlyMap<string, string> }) {
  const { t } = useText();
  if (props.layers.length === 0) return null;
  return (
    <section className="verdict-part" data-testid="affected-zones">
      <h3>{t('verdict.affected')}</h3>
      <ul className="zones">
        {props.layers.map((layer) => (
          <li key={layer.layer} data-testid={`affected-${layer.layer}`}>
            <span
              className="swatch swatch-line"
              style={{ borderColor: props.colours.get(layer.layer) ?? '#4a5650' }}
              aria-hidden="true"
            />
            <span className="zone-name">
              <strong>{layer.title}</strong>
              <small>{t('verdict.share', { share: percent(layer.share) })}</small>
            </span>
            <span className="zone-area">
              <b>{squareMetres(layer.area_m2)}</b> m²
              <small>
                {mu(layer.area_mu)} {t('unit.mu')}
              </small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
