import { useEffect, useState } from 'react';
import type { Me } from '../../../server/contract/index.ts';
import { problemCode, RequestFailed } from '../../api/request.ts';
import { getMe } from '../../api/session.ts';
import { Icon } from '../../components/icon.tsx';
import { Link } from '../../components/link.tsx';
import { mayBeSignedIn, rememberSignedIn } from '../../session_hint.ts';
import { useText } from '../../text/use_text.tsx';

/** Who is signed in with this browser, and the way to their account; nothing for everybody else. */
export function SignedIn() {
  const { t } = useText();
  const [me, setMe] = useState<Me | null>(null);
  useEffect(() => {
    if (!mayBeSignedIn()) return;
    const abort = new AbortController();
    getMe(abort.signal).then(setMe, (failed: unknown) => {
      if (abort.signal.aborted) return;
      if (problemCode(failed) === 'sign_in_required') rememberSignedIn(false);
      // a greeting is not worth an error: the rest of the page says when the server is not to be reached
      else if (!(failed instanceof RequestFailed)) throw failed;
    });
    return () => abort.abort();
  }, []);
  if (me === null) return null;
  return (
    <Link href="/me" className="wide-link" testId="signed-in">
      <Icon name="person" />
      <span>
        <strong>{t('home.signed_in', { name: me.account.name })}</strong>
        <small>{me.account.division_name}</small>
      </span>
      <Icon name="next" />
    </Link>
  );
}
