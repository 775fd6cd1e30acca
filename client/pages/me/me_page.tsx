import { useEffect } from 'react';
import { Main } from '../../components/main.tsx';
import { useTitle } from '../../components/use_title.ts';
import { RequireSession } from '../../staff/require_session.tsx';
import { useMe } from '../../staff/session.tsx';
import { StaffHeader } from '../../staff/staff_header.tsx';
import { useStaffText } from '../../staff/staff_text.ts';
import { DataCard } from './data_card.tsx';
import { ExternalCard } from './external_card.tsx';
import { JobsCard } from './jobs_card.tsx';
import { PasswordCard } from './password_card.tsx';
import { ProfileCard } from './profile_card.tsx';
import { SecondFactorCard } from './second_factor_card.tsx';
import { SessionsCard } from './sessions_card.tsx';
import { TrailCard } from './trail_card.tsx';

function Account() {
  const { t } = useStaffText();
  const me = useMe();
  useEffect(() => {
    // the cards are not there yet when the browser looks for the place that the address names
    const named = window.location.hash.slice(1);
    if (/^[\w-]+$/.test(named)) document.getElementById(named)?.scrollIntoView();
  }, []);
  const must = me.password_change_required;
  const own = me.account.has_password || !me.account.external;
  return (
    <div className="page">
      <StaffHeader title={t('me.title')} />
      <Main className="column">
        {must && (
          <p className="said warning" role="status" data-testid="must-change">
            {t('me.must_change')}
          </p>
        )}
        {!must && <ProfileCard me={me} />}
        {!me.account.demonstration && own && <PasswordCard me={me} />}
        {!must && (
          <>
            {!me.account.demonstration && own && <SecondFactorCard me={me} />}
            {!me.account.demonstration && <ExternalCard me={me} />}
            <SessionsCard />
            <TrailCard />
            <JobsCard me={me} />
            <DataCard me={me} />
          </>
        )}
      </Main>
    </div>
  );
}

/** One's own account: who one is here, the ways in, what one did, and what is kept. */
export default function MePage() {
  const { t } = useStaffText();
  useTitle(t('me.document_title'));
  return (
    <RequireSession title={t('me.title')}>
      <Account />
    </RequireSession>
  );
}
