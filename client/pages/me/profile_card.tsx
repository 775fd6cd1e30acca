import type { Me } from '../../../server/contract/index.ts';
import { Icon } from '../../components/icon.tsx';
import { Link } from '../../components/link.tsx';
import { hasAdministration } from '../../staff/next_path.ts';
import { useStaffText } from '../../staff/staff_text.ts';

/** Who one is, what one is where, and what that allows, in words. */
export function ProfileCard({ me }: { me: Me }) {
  const { t } = useStaffText();
  const { account, assignments, rights } = me;
  const names = new Map(
    assignments.map(({ division_code, division_name }) => [division_code, division_name]),
  );
  return (
    <section className="card" aria-labelledby="profile" data-testid="profile">
      <h2 id="profile">{account.name}</h2>
      <dl className="facts">
        <dt>{t('sign_in.login')}</dt>
        <dd>{account.login}</dd>
        <dt>{t('me.office')}</dt>
        <dd>{account.division_name}</dd>
        <dt>{t('me.roles')}</dt>
        <dd>
          {assignments.length === 0 ? (
            t('me.no_roles')
          ) : (
            <ul>
              {assignments.map(({ role, division_code, division_name }) => (
                <li key={`${role} ${division_code}`}>
                  {t('role.in', { role: t(`role.${role}`), area: division_name })}
                </li>
              ))}
            </ul>
          )}
        </dd>
      </dl>
      {rights.length > 0 && (
        <details>
          <summary>{t('me.may')}</summary>
          <ul className="bulleted">
            {rights.map(({ right, division_codes }) => (
              <li key={right}>
                {t(`right.${right}`)}
                <small>
                  {division_codes.map((code) => names.get(code) ?? code).join(t('list.separator'))}
                </small>
              </li>
            ))}
          </ul>
        </details>
      )}
      <p className="quiet">{t('me.roles_by')}</p>
      {hasAdministration(me) && (
        <Link href="/admin" className="button primary wide">
          <Icon name="layers" /> {t('me.to_admin')}
        </Link>
      )}
      <Link href="/" className="button wide">
        <Icon name="search" /> {t('me.to_land')}
      </Link>
    </section>
  );
}
