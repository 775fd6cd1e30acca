import { Icon } from '../../../components/icon.tsx';
import { useAdminText } from '../admin_text.ts';

/** Which rows of how many are shown, and the way to the ones before and after. */
export function Pager(props: { offset: number; limit: number; matched: number; onGo(offset: number): void }) {
  const { t } = useAdminText();
  const { offset, limit, matched } = props;
  if (matched <= limit && offset === 0) return null;
  return (
    <nav className="pager row" aria-label={t('pager.label')}>
      <button
        type="button"
        className="button"
        disabled={offset === 0}
        onClick={() => props.onGo(Math.max(0, offset - limit))}
        data-testid="pager-before"
      >
        <Icon name="back" size={20} /> {t('pager.before')}
      </button>
      <p>{t('pager.shown', { from: offset + 1, to: Math.min(offset + limit, matched), n: matched })}</p>
      <button
        type="button"
        className="button"
        disabled={offset + limit >= matched}
        onClick={() => props.onGo(offset + limit)}
        data-testid="pager-next"
      >
        {t('pager.next')} <Icon name="next" size={20} />
      </button>
    </nav>
  );
}
