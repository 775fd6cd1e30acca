import type { LayerAnswer } from '../../../server/contract/index.ts';
import { day, percent, squareMetres } from '../../text/format.ts';
import { useInspectorText } from './inspector_text.ts';
import { areaWords } from './item_words.ts';

/** What one layer says of a shape: its status in words, areas, classes, what counts, and of which version. */
export function LayerCard(props: { layer: LayerAnswer; colour: string | null }) {
  const { t } = useInspectorText();
  const { layer, colour } = props;
  const met = layer.status === 'affected';
  return (
    <li className={`layer-card status-${layer.status}`} data-testid={`layer-${layer.layer}`}>
      <p className="layer-name">
        {colour !== null && (
          <span className="swatch swatch-line" style={{ borderColor: colour }} aria-hidden="true" />
        )}
        <strong>{layer.title}</strong>
        <span className={`tag tag-${layer.status}`}>{t(`status.${layer.status}`)}</span>
      </p>
      {met && (
        <p>
          <b>{areaWords(layer.area_m2, t)}</b>{' '}
          <span className="quiet">{t('verdict.share', { share: percent(layer.share) })}</span>
        </p>
      )}
      {layer.reason !== null && <p className="quiet">{layer.reason}</p>}
      {met && layer.hits.length > 0 && (
        <ul className="layer-hits">
          {layer.hits.map(({ code, name, area_m2 }) => (
            <li key={code}>
              <span>{name}</span> <span className="figure-line">{areaWords(area_m2, t)}</span>
            </li>
          ))}
        </ul>
      )}
      {layer.below_threshold_m2 > 0 && (
        <p className="quiet">
          {t('layer.below', {
            area: squareMetres(layer.below_threshold_m2),
            threshold: squareMetres(layer.threshold_m2),
          })}
        </p>
      )}
      {layer.uncovered_m2 > 0 && (
        <p className="quiet">{t('layer.uncovered', { area: squareMetres(layer.uncovered_m2) })}</p>
      )}
      <p className="quiet">
        {[
          t('answer.threshold', { threshold: squareMetres(layer.threshold_m2) }),
          ...layer.version.map(
            (version) =>
              `${version.label} · ${day(version.in_force_from)}${version.declared_empty ? ` · ${t('layer.declared_empty')}` : ''}`,
          ),
        ].join(' · ')}
      </p>
    </li>
  );
}
