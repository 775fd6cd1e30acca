import { type ReactNode, useState } from 'react';
import { Icon } from '../../../components/icon.tsx';
import { useAdminText } from '../admin_text.ts';

/** Room enough for the filter to stand open. */
const DESK = '(min-width: 900px)';

/** What to show of a list; on a phone folded away while nothing is chosen. */
export function Filter(props: { active: boolean; children: ReactNode }) {
  const { t } = useAdminText();
  const [open, setOpen] = useState(() => props.active || window.matchMedia(DESK).matches);
  return (
    <search className="card no-print">
      <details className="filter-box" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary data-testid="filter">
          {t('filter.title')} <Icon name="down" size={20} />
        </summary>
        <div className="filter">{props.children}</div>
      </details>
    </search>
  );
}
