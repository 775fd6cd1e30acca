import { Refusal } from '../../../staff/refusal.tsx';
import { useAdminText } from '../admin_text.ts';
import type { Older } from './use_older.ts';

/** Fetches what is older, while there is something. */
export function OlderButton<R>({ of }: { of: Older<R> }) {
  const { t } = useAdminText();
  return (
    <>
      <Refusal failure={of.task.failure} />
      {of.more === null ? (
        of.rows.length > 0 && <p className="quiet">{t('older.all')}</p>
      ) : (
        <button
          type="button"
          className="button"
          disabled={of.task.busy}
          onClick={of.more}
          data-testid="older"
        >
          {t(of.task.busy ? 'admin.working' : 'older.more')}
        </button>
      )}
    </>
  );
}
