import { Icon } from '../../components/icon.tsx';
import type { LayerRemark } from '../../planner/conflicts.ts';
import { squareMetres } from '../../text/format.ts';
import { usePlannerText } from './planner_text.ts';
import { RowButton } from './row_button.tsx';

/** Layers that gave no answer: "no conflict" must not be read out of their silence. */
export function Unanswered({ remarks }: { remarks: readonly LayerRemark[] }) {
  const { t } = usePlannerText();
  if (remarks.length === 0) return null;
  return (
    <section
      className="card planner-section unanswered"
      aria-labelledby="unanswered-title"
      data-testid="unanswered"
    >
      <h2 id="unanswered-title">
        <Icon name="unknown" /> {t('planner.unanswered')}
      </h2>
      <p>{t('planner.unanswered_text')}</p>
      <ul>
        {remarks.map(({ layer, title, status, text, parcels }) => (
          <li key={`${layer} ${status} ${text}`}>
            <strong>{title}</strong>{' '}
            <span className={`tag tag-${status === 'affected' ? 'no_data' : status}`}>
              {t(status === 'failed' ? 'status.failed' : 'status.no_data')}
            </span>{' '}
            {parcels.map(({ id, name, area_m2 }) => (
              <RowButton key={id} parcels={[id]}>
                {name} {t('planner.without_data', { area: squareMetres(area_m2) })}
              </RowButton>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
