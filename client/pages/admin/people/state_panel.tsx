import { useState } from 'react';
import type { Account } from '../../../../server/contract/index.ts';
import { editAccount } from '../../../api/accounts.ts';
import { useAdminText } from '../admin_text.ts';
import { ConfirmDialog } from '../parts/confirm_dialog.tsx';
import { useSay } from '../parts/notice.tsx';

/** Whether the person may come in at all. Closing ends sessions and tokens; opening again brings the roles back. */
export function StatePanel(props: { account: Account; onSaved(account: Account): void }) {
  const { t } = useAdminText();
  const say = useSay();
  const [asking, setAsking] = useState(false);
  const { account, onSaved } = props;
  const { name, active } = account;
  const set = async (next: boolean) => {
    onSaved(await editAccount(account.id, { version: account.version, active: next }));
    say(t(next ? 'state.opened' : 'state.closed', { name }));
  };
  return (
    <section className="card" data-testid="state-panel">
      <h2>{t('state.title')}</h2>
      <p>{t(active ? 'state.active' : 'state.inactive')}</p>
      <button
        type="button"
        className={active ? 'button danger-quiet' : 'button'}
        onClick={() => setAsking(true)}
        data-testid="toggle-active"
      >
        {t(active ? 'state.close' : 'state.open')}
      </button>
      {asking && (
        <ConfirmDialog
          title={t(active ? 'state.close_ask' : 'state.open_ask', { name })}
          action={t(active ? 'state.close' : 'state.open')}
          {...(active ? { typed: account.login } : {})}
          onConfirm={() => set(!active)}
          onClose={() => setAsking(false)}
        >
          <p>{t(active ? 'state.close_text' : 'state.open_text')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
