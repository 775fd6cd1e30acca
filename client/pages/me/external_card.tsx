import { type FormEvent, useState } from 'react';
import type { Me } from '../../../server/contract/index.ts';
import { linkExternal, unlinkExternal } from '../../api/me.ts';
import { getSignInOptions } from '../../api/session.ts';
import { useResource } from '../../api/use_resource.ts';
import { PasswordField } from '../../staff/password_field.tsx';
import { Refusal } from '../../staff/refusal.tsx';
import { useSession } from '../../staff/session.tsx';
import { useStaffText } from '../../staff/staff_text.ts';
import { useTask } from '../../staff/use_task.ts';

/** The organisation's own sign-in as a way into one's account; nothing where the installation has none. */
export function ExternalCard({ me }: { me: Me }) {
  const { t, language } = useStaffText();
  const { refresh } = useSession();
  const { resource } = useResource(`sign-in ${language}`, getSignInOptions);
  const [current, setCurrent] = useState('');
  const task = useTask();
  const oidc = resource.state === 'ready' ? resource.value.oidc : null;
  if (oidc === null) return null;
  const { external, has_password } = me.account;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (external) {
      if (await task.run(unlinkExternal)) await refresh();
    } else await task.run(async () => window.location.assign((await linkExternal(current)).url));
  };
  return (
    <section className="card" aria-labelledby="external" data-testid="external-card">
      <h2 id="external">{t('me.external', { name: oidc.name })}</h2>
      <p>{t(external ? 'me.external_on' : 'me.external_off')}</p>
      <form className="form" onSubmit={submit}>
        {!external && has_password && (
          <PasswordField
            label={t('me.password_current')}
            testId="external-password"
            autoComplete="current-password"
            value={current}
            onValue={setCurrent}
          />
        )}
        <Refusal failure={task.failure} />
        <button type="submit" className="button" disabled={task.busy} data-testid="external-change">
          {t(external ? 'me.external_unlink' : 'me.external_link')}
        </button>
      </form>
    </section>
  );
}
