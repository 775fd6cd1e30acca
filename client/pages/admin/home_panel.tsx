import type { HealthItem } from '../../../server/contract/index.ts';
import { getInstallation } from '../../api/installation.ts';
import { useResource } from '../../api/use_resource.ts';
import { Icon } from '../../components/icon.tsx';
import { Link } from '../../components/link.tsx';
import { may } from '../../staff/rights.ts';
import { useMe } from '../../staff/session.tsx';
import { useAdminText } from './admin_text.ts';
import { Empty } from './parts/empty.tsx';
import { ABOUT, sectionsOf } from './sections.ts';

/** What an administrator should do something about today; nothing where the figures cannot be had. */
function Today() {
  const { t, language } = useAdminText();
  const { resource } = useResource(`installation ${language}`, getInstallation);
  if (resource.state !== 'ready') return null;
  const open = resource.value.health.filter(({ level }: HealthItem) => level !== 'good');
  return (
    <section className="card" data-testid="today">
      <h2>{t('workplace.today')}</h2>
      {open.length === 0 ? (
        <p>{t('workplace.all_good')}</p>
      ) : (
        <ul className="health">
          {open.map(({ code, level, text }) => (
            <li key={code} className={`health-${level}`}>
              <Icon name={level === 'fault' ? 'conflict' : 'warning'} />
              <div>{text}</div>
            </li>
          ))}
        </ul>
      )}
      <Link href="/admin/status">{t('workplace.to_status')}</Link>
    </section>
  );
}

/** The workplace: who one is, where one may do what, and the way there. */
export function HomePanel() {
  const { t } = useAdminText();
  const me = useMe();
  const sections = sectionsOf(me);
  return (
    <>
      {may(me, 'installation.read') && <Today />}
      {sections.length === 0 ? (
        <Empty title={t('workplace.nothing')} hint={t('workplace.nothing_hint')} />
      ) : (
        <ul className="section-cards" data-testid="sections">
          {sections.map((section) => (
            <li key={section}>
              <Link href={ABOUT[section].href} className="wide-link">
                <Icon name={ABOUT[section].icon} />
                <span>
                  <b>{t(`section.${section}`)}</b>
                  <small>{t(`section.${section}.text`)}</small>
                </span>
                <Icon name="next" />
              </Link>
            </li>
          ))}
        </ul>
      )}
      <section className="card">
        <h2>{t('workplace.rights')}</h2>
        <ul className="plain-list">
          {me.assignments.map(({ role, division_code, division_name }) => (
            <li key={`${role} ${division_code}`}>
              {t('role.in', { role: t(`role.${role}`), area: division_name })}
            </li>
          ))}
        </ul>
        <p className="quiet">
          {t('workplace.may', {
            rights:
              me.rights.map(({ right }) => t(`right.${right}`)).join(t('list.separator')) || t('diff.none'),
          })}
        </p>
      </section>
    </>
  );
}
