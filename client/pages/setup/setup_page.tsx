import { type FormEvent, useState } from 'react';
import { setUp } from '../../api/session.ts';
import { Header } from '../../components/header.tsx';
import { Main } from '../../components/main.tsx';
import { useTitle } from '../../components/use_title.ts';
import { navigate } from '../../route.ts';
import { BrokenLinkCard } from '../../staff/broken_link_card.tsx';
import { differ, NewPasswordFields, NO_PASSWORD } from '../../staff/new_password_fields.tsx';
import { Refusal } from '../../staff/refusal.tsx';
import { useSession } from '../../staff/session.tsx';
import { useStaffText } from '../../staff/staff_text.ts';
import { TextField } from '../../staff/text_field.tsx';
import { useLinkToken } from '../../staff/use_link_token.ts';
import { useTask } from '../../staff/use_task.ts';
import '../../styles/admin.css';
import { AdminTextProvider } from '../admin/admin_text.ts';
import { type ChosenDivision, DivisionPicker } from '../admin/parts/division_picker.tsx';

function SetupForm({ token }: { token: string }) {
  const { t } = useStaffText();
  const { begin } = useSession();
  const [area, setArea] = useState<ChosenDivision | null>(null);
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [value, setValue] = useState(NO_PASSWORD);
  const [tried, setTried] = useState(false);
  const task = useTask();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (area === null || differ(value) || task.busy) return;
    const { code } = area;
    const made = await task.run(async () =>
      begin(await setUp({ token, login, name, password: value.password, division_code: code })),
    );
    // a second factor first: this account can do everything
    if (made) navigate('/me#second-factor', { replace: true });
  };
  return (
    <form className="card form" onSubmit={submit}>
      <p>{t('setup.text')}</p>
      <DivisionPicker
        label={t('setup.area')}
        hint={t('setup.area_hint')}
        within={[]}
        chosen={area}
        onChoose={setArea}
        testId="setup-area"
      />
      {tried && area === null && (
        <p className="refusal" role="alert">
          {t('setup.area_missing')}
        </p>
      )}
      <TextField
        label={t('setup.name')}
        hint={t('setup.name_hint')}
        testId="setup-name"
        autoComplete="name"
        required
        maxLength={64}
        value={name}
        onValue={setName}
      />
      <TextField
        label={t('sign_in.login')}
        hint={t('setup.login_hint')}
        testId="setup-login"
        autoComplete="username"
        required
        minLength={2}
        maxLength={64}
        value={login}
        onValue={(typed) => setLogin(typed.toLowerCase().replace(/\s/g, ''))}
      />
      <NewPasswordFields value={value} onValue={setValue} wrong={tried && differ(value)} />
      <Refusal failure={task.failure} />
      <button type="submit" className="button primary wide" disabled={task.busy} data-testid="set-up">
        {t(task.busy ? 'setup.busy' : 'setup.go')}
      </button>
    </form>
  );
}

/** The first administrator, made with the one-time link that the server printed. */
export default function SetupPage() {
  const { t } = useStaffText();
  useTitle(t('setup.document_title'));
  const token = useLinkToken();
  return (
    <div className="page">
      <Header title={t('setup.title')} subtitle={t('setup.subtitle')} />
      <Main className="column narrow-column">
        {token === null ? (
          <BrokenLinkCard />
        ) : (
          <AdminTextProvider>
            <SetupForm token={token} />
          </AdminTextProvider>
        )}
      </Main>
    </div>
  );
}
