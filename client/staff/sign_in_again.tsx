import { useState } from 'react';
import type { Me } from '../../server/contract/index.ts';
import { getMe, oidcAddress, signIn } from '../api/session.ts';
import { Refusal } from './refusal.tsx';
import { SignInForm } from './sign_in_form.tsx';
import { useStaffText } from './staff_text.ts';
import { useTask } from './use_task.ts';

/** The way in that the person has: password, made-up person, or the organisation's own sign-in in another window. */
export function SignInAgain(props: { me: Me; onSignedIn: (me: Me) => void }) {
  const { t } = useStaffText();
  const { account } = props.me;
  const [other, setOther] = useState(false);
  const task = useTask();
  const accept = (me: Me) => {
    // what is waiting to be sent was written by one person and must not be sent by another
    if (me.account.id === account.id) props.onSignedIn(me);
    else setOther(true);
  };
  return (
    <>
      {other && (
        <p className="refusal" role="alert">
          {t('again.other', { name: account.name })}
        </p>
      )}
      {account.demonstration ? (
        <>
          <Refusal failure={task.failure} />
          <button
            type="button"
            className="button primary wide"
            disabled={task.busy}
            onClick={() => task.run(async () => accept(await signIn({ demonstration_login: account.login })))}
          >
            {t('again.demonstration', { name: account.name })}
          </button>
        </>
      ) : account.has_password ? (
        <SignInForm login={account.login} onSignedIn={accept} />
      ) : (
        <>
          <a className="button" href={oidcAddress('/me')} target="_blank" rel="noreferrer">
            {t('again.elsewhere')}
          </a>
          <Refusal failure={task.failure} />
          <button
            type="button"
            className="button primary wide"
            disabled={task.busy}
            onClick={() => task.run(async () => accept(await getMe()))}
          >
            {t('again.done')}
          </button>
        </>
      )}
    </>
  );
}
