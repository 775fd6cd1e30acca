import type { BatchDetail, BatchItemDetail, LayerAnswer } from '../../../server/contract/index.ts';
import { useLegend } from '../../components/use_legend.ts';
import { day } from '../../text/format.ts';
import { LandUseShares } from '../../verdict/land_use_shares.tsx';
import { useInspectorText } from './inspector_text.ts';
import { areaWords } from './item_words.ts';
import { LayerCard } from './layer_card.tsx';

const RANK: Readonly<Record<LayerAnswer['status'], number>> = {
  affected: 0,
  failed: 1,
  no_data: 2,
  not_affected: 3,
};

/** The whole overlay of one record: every layer, land use, villages, near misses, and what it rests on. */
export function ItemAnswer(props: { batch: BatchDetail; item: BatchItemDetail; first: string }) {
  const { t } = useInspectorText();
  const legend = useLegend();
  const { batch, item, first } = props;
  const { answer } = item;
  if (answer === null) return null;
  const zones = answer.layers
    .filter(({ layer }) => layer !== 'land_use')
    .sort(
      (a, b) =>
        RANK[a.status] - RANK[b.status] ||
        Number(b.layer === first) - Number(a.layer === first) ||
        b.area_m2 - a.area_m2,
    );
  const land = answer.layers.find(({ layer }) => layer === 'land_use');
  return (
    <>
      <section className="card" aria-labelledby="layers-title">
        <h3 id="layers-title">{t('answer.layers')}</h3>
        <ul className="layer-cards" data-testid="item-layers">
          {zones.map((layer) => (
            <LayerCard
              key={layer.layer}
              layer={layer}
              colour={legend.colours.zones.get(layer.layer) ?? null}
            />
          ))}
        </ul>
      </section>
      <section className="card" aria-labelledby="land-title" data-testid="item-land">
        <h3 id="land-title">{t('answer.land')}</h3>
        {land !== undefined && land.status !== 'affected' && (
          <p>
            <span className={`tag tag-${land.status}`}>{t(`status.${land.status}`)}</span> {land.reason}
          </p>
        )}
        <LandUseShares
          shares={answer.land_use}
          colours={legend.colours.classes}
          uncovered_m2={answer.uncovered_m2}
        />
        {answer.land_use.some(({ net_area_m2 }) => net_area_m2 !== undefined) && (
          <dl className="fact-list">
            {answer.land_use.map(({ code, name, net_area_m2 }) => (
              <div key={code}>
                <dt>{t('answer.net', { name })}</dt>
                <dd>{net_area_m2 === undefined ? '–' : areaWords(net_area_m2, t)}</dd>
              </div>
            ))}
          </dl>
        )}
      </section>
      {answer.villages !== undefined && answer.villages.length > 0 && (
        <section className="card" aria-labelledby="villages-title">
          <h3 id="villages-title">{t('answer.villages')}</h3>
          <dl className="fact-list">
            {answer.villages.map(({ code, name, area_m2 }) => (
              <div key={code}>
                <dt>{name}</dt>
                <dd>{areaWords(area_m2, t)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {answer.near_misses !== undefined && (
        <section className="card" aria-labelledby="near-title" data-testid="item-near">
          <h3 id="near-title">{t('answer.near')}</h3>
          <p className="quiet">{t('answer.near_text')}</p>
          {answer.near_misses === null ? (
            <p>
              <span className="tag tag-failed">{t('status.failed')}</span> {t('answer.near_failed')}
            </p>
          ) : answer.near_misses.length === 0 ? (
            <p>{t('answer.near_none')}</p>
          ) : (
            <dl className="fact-list">
              {answer.near_misses.map(({ layer, title, code, name, distance_m }) => (
                <div key={`${layer} ${code}`}>
                  <dt>
                    {title} {name}
                  </dt>
                  <dd>
                    {distance_m === 0
                      ? t('answer.touching')
                      : t('answer.near_by', { metres: distance_m.toFixed(2) })}
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </section>
      )}
      <p className="quiet">{t('answer.as_of', { day: day(answer.as_of), title: batch.title })}</p>
    </>
  );
}
