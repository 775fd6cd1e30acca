import { type FormEvent, useState } from 'react';
import { setPasswordByLink } from '../../api/session.ts';
import { Header } from '../../components/header.tsx';
import { Main } from '../../components/main.tsx';
import { useTitle } from '../../components/use_title.ts';
import { navigate } from '../../route.ts';
import { BrokenLinkCard } from '../../staff/broken_link_card.tsx';
import { differ, NewPasswordFields, NO_PASSWORD } from '../../staff/new_password_fields.tsx';
import { Refusal } from '../../staff/refusal.tsx';
import { useStaffText } from '../../staff/staff_text.ts';
import { useLinkToken } from '../../staff/use_link_token.ts';
import { useTask } from '../../staff/use_task.ts';

/** Where a one-time link leads: a person chooses a password that nobody else knows. */
export default function SetPasswordPage() {
  const { t } = useStaffText();
  useTitle(t('set_password.document_title'));
  const token = useLinkToken();
  const [value, setValue] = useState(NO_PASSWORD);
  const [wrong, setWrong] = useState(false);
  const task = useTask();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setWrong(differ(value));
    if (differ(value) || task.busy || token === null) return;
    if (await task.run(() => setPasswordByLink(token, value.password)))
      navigate('/sign-in?password_set', { replace: true });
  };
  return (
    <div className="page">
      <Header title={t('set_password.title')} />
      <Main className="column narrow-column">
        {token === null ? (
          <BrokenLinkCard />
        ) : (
          <form className="card form" onSubmit={submit}>
            <p>{t('set_password.text')}</p>
            <NewPasswordFields value={value} onValue={setValue} wrong={wrong} />
            <Refusal failure={task.failure} />
            <button
              type="submit"
              className="button primary wide"
              disabled={task.busy}
              data-testid="save-password"
            >
              {t('set_password.go')}
            </button>
          </form>
        )}
      </Main>
    </div>
  );
}
