import { useEffect, useState } from 'react';
import { getSignInOptions, oidcAddress } from '../../api/session.ts';
import { useResource } from '../../api/use_resource.ts';
import { FailureCard } from '../../components/failure_card.tsx';
import { Header } from '../../components/header.tsx';
import { Icon } from '../../components/icon.tsx';
import { Main } from '../../components/main.tsx';
import { useTitle } from '../../components/use_title.ts';
import { navigate } from '../../route.ts';
import { rememberSignedIn } from '../../session_hint.ts';
import { firstPage, nextPath } from '../../staff/next_path.ts';
import { useSession } from '../../staff/session.tsx';
import { SignInForm } from '../../staff/sign_in_form.tsx';
import { type StaffKey, useStaffText } from '../../staff/staff_text.ts';
import { DemonstrationPeople } from './demonstration_people.tsx';

/** What has just happened, that the page begins with. */
function noticeOf(search: string): StaffKey | null {
  const asked = new URLSearchParams(search);
  if (asked.has('signed_out')) return 'sign_in.left';
  if (asked.has('password_set')) return 'sign_in.password_set';
  if (asked.has('deleted')) return 'sign_in.deleted';
  return asked.has('next') ? 'sign_in.first' : null;
}

const OIDC_FAULTS: Readonly<Record<string, StaffKey>> = {
  oidc_failed: 'sign_in.oidc_failed',
  oidc_unavailable: 'sign_in.oidc_unavailable',
  oidc_unlinked: 'sign_in.oidc_unlinked',
  external_taken: 'sign_in.external_taken',
  oidc_absent: 'sign_in.oidc_absent',
};

/** Why the organisation's own sign-in sent the browser back without a session; null: it did not. */
function OidcFault() {
  const { t } = useStaffText();
  const [asked] = useState(() => new URLSearchParams(window.location.search));
  const problem = asked.get('problem');
  if (problem === null) return null;
  const subject = asked.get('subject') ?? '–';
  return (
    <p role="alert" className="said warning" data-testid="oidc-fault">
      {t(OIDC_FAULTS[problem] ?? 'sign_in.oidc_failed', { subject })}
    </p>
  );
}

/** The way in: password and second factor, the organisation's own sign-in, or a made-up person of a demonstration. */
export default function SignInPage() {
  const { t, language } = useStaffText();
  useTitle(t('sign_in.document_title'));
  const { session, begin } = useSession();
  const [next] = useState(() => nextPath(window.location.search, window.location.origin));
  const [notice] = useState(() => noticeOf(window.location.search));
  const options = useResource(`sign-in ${language}`, getSignInOptions);
  const me = session.state === 'signed_in' ? session.me : null;
  useEffect(() => {
    if (me !== null) navigate(next ?? firstPage(me), { replace: true });
  }, [me, next]);
  const offered = options.resource.state === 'ready' ? options.resource.value : null;

  const people =
    offered === null || offered.demonstration_roles.length === 0 ? null : (
      <DemonstrationPeople people={offered.demonstration_roles} onSignedIn={begin} />
    );

  return (
    <div className="page">
      <Header title={t('sign_in.title')} subtitle={t('sign_in.subtitle')} />
      <Main className="column narrow-column">
        <p role="status" className={notice === null ? '' : 'said'} data-testid="sign-in-notice">
          {notice !== null && t(notice)}
        </p>
        <OidcFault />
        {options.resource.state === 'failed' && (
          <FailureCard failure={options.resource.failure} onRetry={options.retry} />
        )}
        {offered?.setup_needed === true && people}
        <section className="card" aria-label={t('sign_in.title')}>
          {people !== null && <h2>{t('sign_in.own')}</h2>}
          <SignInForm onSignedIn={begin} />
          {offered?.oidc != null && (
            <a
              className="button wide"
              href={oidcAddress(next ?? '/me')}
              onClick={() => rememberSignedIn(true)}
              data-testid="oidc"
            >
              <Icon name="shield" /> {t('sign_in.oidc', { name: offered.oidc.name })}
            </a>
          )}
          <details className="forgotten">
            <summary>{t('sign_in.forgotten')}</summary>
            <p>{t('sign_in.forgotten_text')}</p>
          </details>
        </section>
        {offered?.setup_needed === false && people}
        {offered?.setup_needed === true && (
          <section className="card" data-testid="setup-needed">
            <h2>{t('sign_in.nobody')}</h2>
            <p>{t('sign_in.nobody_text')}</p>
          </section>
        )}
      </Main>
    </div>
  );
}
