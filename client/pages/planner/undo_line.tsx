import { Icon } from '../../components/icon.tsx';
import type { Desk } from '../../planner/use_proposal.ts';
import { usePlannerText } from './planner_text.ts';

/** The last step that changed the parcels, and the way back. */
export function UndoLine({ desk }: { desk: Desk }) {
  const { t } = usePlannerText();
  const { before } = desk.proposal;
  return (
    <div role="status" className="no-print">
      {before !== null && (
        <p className="undo-line">
          <span>{t(`planner.undone.${before.by}`, { n: before.n })}</span>
          <button
            type="button"
            className="button"
            onClick={() => desk.step({ do: 'take_back' })}
            data-testid="undo-step"
          >
            <Icon name="undo" /> {t('planner.undo')}
          </button>
        </p>
      )}
    </div>
  );
}
