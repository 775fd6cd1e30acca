import type { Outcome } from '../../../../server/contract/index.ts';
import { Icon } from '../../../components/icon.tsx';
import { useAdminText } from '../admin_text.ts';

/** The outcome of a check: picture and word, not colour alone. */
export function OutcomeTag({ outcome }: { outcome: Outcome }) {
  const { t } = useAdminText();
  return (
    <span className={`outcome-tag outcome-${outcome}`}>
      <Icon name={outcome} size={20} /> {t(`outcome.${outcome}`)}
    </span>
  );
}
