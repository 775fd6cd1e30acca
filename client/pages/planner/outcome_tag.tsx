import type { Outcome } from '../../../server/contract/index.ts';
import { Icon } from '../../components/icon.tsx';
import { usePlannerText } from './planner_text.ts';

/** An outcome in its colour, with its picture and its word. */
export function OutcomeTag({ outcome }: { outcome: Outcome }) {
  const { t } = usePlannerText();
  return (
    <span className={`outcome-tag outcome-${outcome}`}>
      <Icon name={outcome} size={18} /> {t(`outcome.${outcome}`)}
    </span>
  );
}
