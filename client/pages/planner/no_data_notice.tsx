import { Icon } from '../../components/icon.tsx';
import type { Answered } from '../../planner/sums.ts';
import { usePlannerText } from './planner_text.ts';
import { RowButton } from './row_button.tsx';

/** Before all results: parcels that lie outside of everything that is known, which is no finding of theirs. */
export function NoDataNotice({ parcels }: { parcels: readonly Answered[] }) {
  const { t } = usePlannerText();
  if (parcels.length === 0) return null;
  return (
    <div role="alert" className="note note-warning" data-testid="without-data">
      <Icon name="warning" />
      <div>
        <ul>
          {parcels.map(({ id, name }) => (
            <li key={id}>
              <RowButton parcels={[id]}>{t('planner.outside_data', { name })}</RowButton>
            </li>
          ))}
        </ul>
        <p>{t('planner.outside_data_text')}</p>
      </div>
    </div>
  );
}
