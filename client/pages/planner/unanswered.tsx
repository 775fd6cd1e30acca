import { Icon } from '../../components/icon.tsx';
import { type LayerRemark, silentGroups } from '../../planner/conflicts.ts';
import type { Answered } from '../../planner/sums.ts';
import { squareMetres } from '../../text/format.ts';
import { usePlannerText } from './planner_text.ts';
import { RowButton } from './row_button.tsx';

/** Layers that gave no answer: "no conflict" must not be read out of their silence. */
export function Unanswered(props: { remarks: readonly LayerRemark[]; parcels: readonly Answered[] }) {
  const { t } = usePlannerText();
  const { remarks, parcels: all } = props;
  if (remarks.length === 0) return null;
  return (
    <section
      className="card planner-section unanswered"
      aria-labelledby="unanswered-title"
      data-testid="unanswered"
    >
      <h2 id="unanswered-title">
        <Icon name="unknown" />{' '}
        {t('planner.unanswered', { n: new Set(remarks.map(({ layer }) => layer)).size })}
      </h2>
      <p>{t('planner.unanswered_text')}</p>
      <ul>
        {silentGroups(remarks, all).map(({ status, titles, parcels }) => (
          <li key={titles.join()}>
            <span className={`tag tag-${status}`}>{t(`status.${status}`)}</span>
            <strong>{titles.join(t('certainty.and'))}</strong>
            {parcels.length === 0 ? (
              <span>{t('planner.whole')}</span>
            ) : (
              parcels.map(({ id, name, area_m2 }) => (
                <RowButton key={id} parcels={[id]}>
                  {name} {t('planner.without_data', { area: squareMetres(area_m2) })}
                </RowButton>
              ))
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
