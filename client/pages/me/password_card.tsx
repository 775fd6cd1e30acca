import { type FormEvent, useState } from 'react';
import type { Me } from '../../../server/contract/index.ts';
import { changePassword } from '../../api/me.ts';
import { differ, NewPasswordFields, NO_PASSWORD } from '../../staff/new_password_fields.tsx';
import { PasswordField } from '../../staff/password_field.tsx';
import { Refusal } from '../../staff/refusal.tsx';
import { useSession } from '../../staff/session.tsx';
import { useStaffText } from '../../staff/staff_text.ts';
import { useTask } from '../../staff/use_task.ts';

/** Another password; all other sessions end with it, the server sees to that. */
export function PasswordCard({ me }: { me: Me }) {
  const { t } = useStaffText();
  const { refresh } = useSession();
  const has = me.account.has_password;
  const [open, setOpen] = useState(me.password_change_required);
  const [current, setCurrent] = useState('');
  const [value, setValue] = useState(NO_PASSWORD);
  const [wrong, setWrong] = useState(false);
  const [done, setDone] = useState(false);
  const task = useTask();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setWrong(differ(value));
    if (differ(value) || task.busy) return;
    if (!(await task.run(() => changePassword(has ? current : undefined, value.password)))) return;
    setCurrent('');
    setValue(NO_PASSWORD);
    setOpen(false);
    setDone(true);
    await refresh();
  };
  return (
    <section className="card" aria-labelledby="password" data-testid="password-card">
      <h2 id="password">{t('me.password')}</h2>
      <p role="status" className={done ? 'said' : ''} data-testid="password-done">
        {done && t('me.password_done')}
      </p>
      {!open && (
        <button
          type="button"
          className="button"
          data-testid="change-password"
          onClick={() => {
            setDone(false);
            setOpen(true);
          }}
        >
          {t('me.password_change')}
        </button>
      )}
      {open && (
        <form className="form" onSubmit={submit}>
          <input
            type="text"
            name="username"
            autoComplete="username"
            value={me.account.login}
            readOnly
            hidden
          />
          {has && (
            <PasswordField
              label={t('me.password_current')}
              testId="current-password"
              autoComplete="current-password"
              value={current}
              onValue={setCurrent}
            />
          )}
          <NewPasswordFields value={value} onValue={setValue} wrong={wrong} />
          <Refusal failure={task.failure} />
          <div className="row">
            <button type="submit" className="button primary" disabled={task.busy} data-testid="save-password">
              {t('me.password_save')}
            </button>
            {!me.password_change_required && (
              <button type="button" className="button" onClick={() => setOpen(false)}>
                {t('me.cancel')}
              </button>
            )}
          </div>
        </form>
      )}
    </section>
  );
}
