import { useMemo } from 'react';
import { belowThreshold, nearMisses } from '../../planner/conflicts.ts';
import type { Answered } from '../../planner/sums.ts';
import { squareMetres } from '../../text/format.ts';
import { usePlannerText } from './planner_text.ts';
import { RowButton } from './row_button.tsx';

/** What is close by, and what is met with less than counts: told apart from the conflicts, never dropped. */
export function NearAndSmall({ parcels }: { parcels: readonly Answered[] }) {
  const { t } = usePlannerText();
  const { near, failed } = useMemo(() => nearMisses(parcels), [parcels]);
  const small = useMemo(() => belowThreshold(parcels), [parcels]);
  return (
    <>
      {(near.length > 0 || failed.length > 0) && (
        <section className="card planner-section" aria-labelledby="near-title" data-testid="near-misses">
          <h2 id="near-title">{t('planner.near')}</h2>
          <p className="quiet">{t('planner.near_text')}</p>
          {failed.length > 0 && <p role="note">{t('planner.near_failed', { parcels: failed.join('、') })}</p>}
          <ul className="plain-rows">
            {near.map(({ parcel, name_of_parcel, layer, title, code, name, distance_m }) => (
              <li key={`${parcel} ${layer} ${code}`}>
                <RowButton parcels={[parcel]}>{name_of_parcel}</RowButton>
                <span>
                  {title}
                  {name !== title && ` · ${name}`}
                </span>
                <b>
                  {distance_m === 0
                    ? t('planner.touching')
                    : t('planner.distance', { distance: squareMetres(distance_m) })}
                </b>
              </li>
            ))}
          </ul>
        </section>
      )}
      {small.length > 0 && (
        <section className="card planner-section" aria-labelledby="small-title" data-testid="below-threshold">
          <h2 id="small-title">{t('planner.small')}</h2>
          <p className="quiet">{t('planner.small_text')}</p>
          <ul className="plain-rows">
            {small.flatMap(({ layer, title, parcels: held }) =>
              held.map(({ id, name, area_m2 }) => (
                <li key={`${layer} ${id}`}>
                  <RowButton parcels={[id]}>{name}</RowButton>
                  <span>{title}</span>
                  <b>{squareMetres(area_m2)} m²</b>
                </li>
              )),
            )}
          </ul>
        </section>
      )}
    </>
  );
}
