import { type ReactNode, useEffect } from 'react';
import { Link } from '../../components/link.tsx';
import { Main } from '../../components/main.tsx';
import { useTitle } from '../../components/use_title.ts';
import { RequireSession } from '../../staff/require_session.tsx';
import { useMe } from '../../staff/session.tsx';
import { StaffHeader } from '../../staff/staff_header.tsx';
import { useAdminText } from './admin_text.ts';
import { ABOUT, type Section, sectionsOf } from './sections.ts';

function SectionNav(props: { section: Section | null }) {
  const { t } = useAdminText();
  const me = useMe();
  const { section } = props;
  useEffect(() => {
    // on a phone the bar is wider than the screen: where one is must be seen in it
    const here = section === null ? null : document.getElementById(`section-${section}`);
    here?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [section]);
  return (
    <nav className="admin-nav no-print" aria-label={t('admin.nav')}>
      <ul>
        <li>
          <Link href="/admin" testId="section-home">
            {t('admin.title')}
          </Link>
        </li>
        {sectionsOf(me).map((each) => (
          <li key={each} id={`section-${each}`} className={each === section ? 'is-here' : undefined}>
            <Link href={ABOUT[each].href} testId={`section-${each}`} current={each === section}>
              {t(`section.${each}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** One page of the workplace: head, the way to the other sections, the content; only for whoever has the right. */
export function AdminShell(props: { title: string; section: Section | null; children: ReactNode }) {
  const { t } = useAdminText();
  const { title, section } = props;
  useTitle(t('admin.document_title', { page: title }));
  return (
    <RequireSession title={title} {...(section === null ? {} : { rights: [ABOUT[section].right] })}>
      <div className="page admin-page">
        <StaffHeader title={title} />
        <SectionNav section={section} />
        <Main className="column wide-column">{props.children}</Main>
      </div>
    </RequireSession>
  );
}
