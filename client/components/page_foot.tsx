import { mayBeSignedIn } from '../session_hint.ts';
import { useText } from '../text/use_text.tsx';
import { Link } from './link.tsx';

/** At the end of every page: what is kept of a person, and the way in for staff. */
export function PageFoot() {
  const { t } = useText();
  const known = mayBeSignedIn();
  return (
    <p className="page-foot no-print">
      <Link href="/privacy" testId="to-privacy">
        {t('foot.privacy')}
      </Link>
      <Link href={known ? '/me' : '/sign-in'} testId="to-sign-in">
        {t(known ? 'foot.account' : 'foot.sign_in')}
      </Link>
    </p>
  );
}
