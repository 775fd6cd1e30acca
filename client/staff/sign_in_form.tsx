import { type FormEvent, useState } from 'react';
import type { Me } from '../../server/contract/index.ts';
import { problemCode } from '../api/request.ts';
import { signIn } from '../api/session.ts';
import { CodeField } from './code_field.tsx';
import { PasswordField } from './password_field.tsx';
import { Refusal } from './refusal.tsx';
import { useStaffText } from './staff_text.ts';
import { TextField } from './text_field.tsx';
import { useTask } from './use_task.ts';

/** Login and password, then the second factor of those who have one. `login`: whose page it is; it cannot be changed. */
export function SignInForm(props: { login?: string; onSignedIn: (me: Me) => void }) {
  const { t } = useStaffText();
  const [login, setLogin] = useState(props.login ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [step, setStep] = useState<'password' | 'code'>('password');
  const task = useTask();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (task.busy) return;
    void task.run(async () => {
      try {
        const name = login.trim();
        props.onSignedIn(
          await signIn(step === 'code' ? { login: name, password, code } : { login: name, password }),
        );
      } catch (failed) {
        // the first time it is not a fault but the next question
        if (step !== 'password' || problemCode(failed) !== 'second_factor_required') throw failed;
        setStep('code');
      }
    });
  };
  const back = () => {
    setStep('password');
    setCode('');
    setPassword('');
    task.clear();
  };

  return (
    <form className="form" onSubmit={submit} data-testid="sign-in-form">
      {step === 'password' ? (
        <>
          {props.login === undefined ? (
            <TextField
              label={t('sign_in.login')}
              testId="login"
              name="username"
              autoComplete="username"
              required
              maxLength={64}
              value={login}
              onValue={setLogin}
            />
          ) : (
            <input type="text" name="username" autoComplete="username" value={login} readOnly hidden />
          )}
          <PasswordField
            label={t('sign_in.password')}
            testId="password"
            autoComplete="current-password"
            value={password}
            onValue={setPassword}
          />
        </>
      ) : (
        <CodeField value={code} onValue={setCode} />
      )}
      <Refusal failure={task.failure} />
      <button type="submit" className="button primary wide" disabled={task.busy} data-testid="sign-in">
        {t(task.busy ? 'sign_in.busy' : 'sign_in.go')}
      </button>
      {step === 'code' && (
        <button type="button" className="button" onClick={back} data-testid="sign-in-back">
          {t('sign_in.back')}
        </button>
      )}
    </form>
  );
}
