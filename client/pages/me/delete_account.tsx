import { type FormEvent, useState } from 'react';
import type { Me } from '../../../server/contract/index.ts';
import { deleteMe } from '../../api/me.ts';
import { PasswordField } from '../../staff/password_field.tsx';
import { Refusal } from '../../staff/refusal.tsx';
import { useSession } from '../../staff/session.tsx';
import { useStaffText } from '../../staff/staff_text.ts';
import { TextField } from '../../staff/text_field.tsx';
import { useTask } from '../../staff/use_task.ts';

/** What it means to delete one's account, and the login typed as a yes: it cannot be taken back. */
export function DeleteAccount(props: { me: Me; onCancel: () => void }) {
  const { t } = useStaffText();
  const { forget } = useSession();
  const { account } = props.me;
  const [typed, setTyped] = useState('');
  const [password, setPassword] = useState('');
  const task = useTask();
  const meant = typed.trim().toLowerCase() === account.login;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!meant || task.busy) return;
    if (await task.run(() => deleteMe(account.has_password ? password : undefined)))
      forget('/sign-in?deleted');
  };
  return (
    <form className="form danger-zone" onSubmit={submit} data-testid="delete-form">
      <h3>{t('delete.title')}</h3>
      <ul className="bulleted">
        <li>{t('delete.gone')}</li>
        <li>{t('delete.stays')}</li>
        <li>{t('delete.last')}</li>
        <li>{t('delete.no_undo')}</li>
      </ul>
      <TextField
        label={t('delete.type', { login: account.login })}
        testId="delete-typed"
        autoComplete="off"
        required
        value={typed}
        onValue={setTyped}
      />
      {account.has_password && (
        <PasswordField
          label={t('me.password_current')}
          testId="delete-password"
          autoComplete="current-password"
          value={password}
          onValue={setPassword}
        />
      )}
      <Refusal failure={task.failure} />
      <div className="row">
        <button
          type="submit"
          className="button danger"
          disabled={!meant || task.busy}
          data-testid="delete-yes"
        >
          {t('delete.yes')}
        </button>
        <button type="button" className="button" onClick={props.onCancel}>
          {t('me.cancel')}
        </button>
      </div>
    </form>
  );
}
