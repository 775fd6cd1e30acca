import { type ReactNode, useState } from 'react';
import { RequestFailed } from '../api/request.ts';
import { Header } from '../components/header.tsx';
import { Icon } from '../components/icon.tsx';
import { Link } from '../components/link.tsx';
import { hasAdministration } from './next_path.ts';
import { may } from './rights.ts';
import { useMe, useSession } from './session.tsx';
import { useStaffText } from './staff_text.ts';

/** The page's head with who is signed in, their way to their account and to the administration, and out. */
export function StaffHeader(props: { title: ReactNode; subtitle?: string }) {
  const { t } = useStaffText();
  const me = useMe();
  const { end } = useSession();
  const [state, setState] = useState<'rest' | 'ending' | 'failed'>('rest');
  const leave = async () => {
    setState('ending');
    try {
      await end();
    } catch (failed) {
      if (!(failed instanceof RequestFailed)) throw failed;
      setState('failed');
    }
  };
  return (
    <>
      <Header {...props} />
      <nav className="staff-bar no-print" aria-label={t('staff.bar')}>
        <p className="staff-name" data-testid="signed-in-as">
          <Icon name="person" size={20} /> <span>{t('staff.signed_in_as', { name: me.account.name })}</span>
          {me.account.demonstration && <span className="tag tag-warning">{t('staff.demonstration')}</span>}
        </p>
        <div className="staff-links">
          {may(me, 'overlays.run') && !me.password_change_required && (
            <Link href="/planner" testId="to-planner">
              {t('staff.planner')}
            </Link>
          )}
          {may(me, 'overlays.run') && !me.password_change_required && (
            <Link href="/inspector" testId="to-inspector">
              {t('staff.inspector')}
            </Link>
          )}
          {hasAdministration(me) && !me.password_change_required && (
            <Link href="/admin" testId="to-admin">
              {t('staff.admin')}
            </Link>
          )}
          <Link href="/me" testId="to-me">
            {t('staff.account')}
          </Link>
          <button type="button" disabled={state === 'ending'} onClick={leave} data-testid="sign-out">
            {t('staff.sign_out')}
          </button>
        </div>
        <p role="status" className="staff-failed">
          {state === 'failed' && t('staff.sign_out_failed')}
        </p>
      </nav>
    </>
  );
}
