import { Icon } from '../components/icon.tsx';
import { Link } from '../components/link.tsx';
import { roleWords } from './role_words.ts';
import { useMe } from './session.tsx';
import { useStaffText } from './staff_text.ts';

/** What is not for somebody: says as whom they are signed in, and who can help. */
export function ForbiddenCard() {
  const { t } = useStaffText();
  const me = useMe();
  return (
    <div className="card" role="alert" data-testid="forbidden">
      <p className="failure-title">
        <Icon name="warning" /> {t('forbidden.title')}
      </p>
      <p>{t('forbidden.as', { name: me.account.name, roles: roleWords(me, t) })}</p>
      <p>{t('forbidden.help', { login: me.account.login })}</p>
      <div className="row">
        <Link href="/me" className="button">
          <Icon name="person" /> {t('staff.account')}
        </Link>
        <Link href="/" className="button">
          <Icon name="home" /> {t('header.home')}
        </Link>
      </div>
    </div>
  );
}
