import type { CheckLayer } from '../../server/contract/index.ts';
import { day, mu, squareMetres } from '../text/format.ts';
import { useText } from '../text/use_text.tsx';

function LayerRow(props: { layer: CheckLayer }) {
  const { t } = useText();
  const { layer } = props;
  return (
    <li className={`layer-row status-${layer.status}`}>
      <p className="layer-name">
        <strong>{layer.title}</strong>
        <span
          className={
            layer.layer === 'land_use' && layer.status === 'affected' ? 'tag' : `tag tag-${layer.status}`
          }
        >
          {t(`status.${layer.status}`)}
        </span>
      </p>
      {layer.status === 'affected' && (
        <p>
          {squareMetres(layer.area_m2)} m² · {mu(layer.area_mu)} {t('unit.mu')}
        </p>
      )}
      {layer.reason !== null && <p className="quiet">{layer.reason}</p>}
      {layer.uncovered_m2 > 0 && (
        <p className="quiet">{t('layer.uncovered', { area: squareMetres(layer.uncovered_m2) })}</p>
      )}
      {layer.below_threshold_m2 > 0 && (
        <p className="quiet">
          {t('layer.below', {
            area: squareMetres(layer.below_threshold_m2),
            threshold: squareMetres(layer.threshold_m2),
          })}
        </p>
      )}
      {layer.version.map((version) => (
        <p className="quiet" key={version.id}>
          {version.label} · {day(version.in_force_from)}
          {version.declared_empty && ` · ${t('layer.declared_empty')}`}
        </p>
      ))}
    </li>
  );
}

/** A row for every layer that was looked at, whatever it said. */
export function LayerTable(props: { layers: CheckLayer[] }) {
  return (
    <ul className="layer-rows" data-testid="all-layers">
      {props.layers.map((layer) => (
        <LayerRow key={layer.layer} layer={layer} />
      ))}
    </ul>
  );
}
