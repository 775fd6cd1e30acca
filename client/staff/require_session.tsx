import { type ReactNode, useEffect } from 'react';
import type { Right } from '../../server/contract/index.ts';
import { FailureCard } from '../components/failure_card.tsx';
import { Header } from '../components/header.tsx';
import { Main } from '../components/main.tsx';
import { navigate } from '../route.ts';
import { ForbiddenCard } from './forbidden_card.tsx';
import { signInAddress } from './next_path.ts';
import { mayAny } from './rights.ts';
import { useSession } from './session.tsx';
import { StaffHeader } from './staff_header.tsx';
import { useStaffText } from './staff_text.ts';

/**
 * Shows its children to whoever is signed in and has one of `rights` somewhere (none named: everybody). Others are led
 * to sign in and back here, to change their password first, or are told who can help.
 */
export function RequireSession(props: { title: string; rights?: readonly Right[]; children: ReactNode }) {
  const { t } = useStaffText();
  const { session, refresh } = useSession();
  const { state } = session;
  const to = session.state === 'signed_out' ? session.to : null;
  const mustChange = session.state === 'signed_in' && session.me.password_change_required;
  const elsewhere = mustChange && window.location.pathname !== '/me';
  useEffect(() => {
    const { pathname, search, hash } = window.location;
    if (state === 'signed_out')
      navigate(to ?? signInAddress(`${pathname}${search}${hash}`), { replace: true });
    if (elsewhere) navigate('/me', { replace: true });
  }, [state, to, elsewhere]);
  if (session.state === 'signed_in' && !elsewhere) {
    if (props.rights === undefined || mayAny(session.me, props.rights)) return props.children;
    return (
      <div className="page">
        <StaffHeader title={props.title} />
        <Main className="column">
          <ForbiddenCard />
        </Main>
      </div>
    );
  }
  return (
    <div className="page">
      <Header title={props.title} />
      <Main className="column">
        {session.state === 'failed' ? (
          <FailureCard failure={session.failure} onRetry={() => void refresh()} />
        ) : (
          <div className="skeleton" role="status" aria-busy="true" aria-label={t('staff.who')} />
        )}
      </Main>
    </div>
  );
}
