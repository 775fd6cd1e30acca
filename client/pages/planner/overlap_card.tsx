import { useMemo } from 'react';
import { Icon } from '../../components/icon.tsx';
import { overlapsAmong } from '../../planner/estimates.ts';
import type { Parcel } from '../../planner/proposal.ts';
import { roughSquareMetres } from '../../text/format.ts';
import { usePlannerText } from './planner_text.ts';
import { RowButton } from './row_button.tsx';

/** Parcels that share land: their sums count it twice, so it is said before them. */
export function OverlapCard({ parcels }: { parcels: readonly Parcel[] }) {
  const { t } = usePlannerText();
  const overlaps = useMemo(() => overlapsAmong(parcels), [parcels]);
  if (overlaps.length === 0) return null;
  const names = new Map(parcels.map(({ id, name }) => [id, name]));
  return (
    <section
      className="card planner-section overlap-card"
      aria-labelledby="overlap-title"
      data-testid="overlaps"
    >
      <h2 id="overlap-title">
        <Icon name="warning" /> {t('planner.overlaps')}
      </h2>
      <p>{t('planner.overlaps_text')}</p>
      <ul className="plain-rows">
        {overlaps.map(({ a, b, area_m2 }) => (
          <li key={`${a} ${b}`}>
            <RowButton parcels={[a, b]}>
              {t('planner.overlap', { a: names.get(a) ?? a, b: names.get(b) ?? b })}
            </RowButton>
            <b>
              {area_m2 === null
                ? t('planner.overlap_unknown')
                : t('planner.about_m2', { area: roughSquareMetres(area_m2) })}{' '}
              <span className="tag">{t('check.estimate')}</span>
            </b>
          </li>
        ))}
      </ul>
    </section>
  );
}
