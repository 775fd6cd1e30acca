import type { ReactNode } from 'react';
import '../../styles/admin.css';
import { NotFoundPage } from '../not_found/not_found_page.tsx';
import { AdminShell } from './admin_shell.tsx';
import { AdminTextProvider, useAdminText } from './admin_text.ts';
import { AuditPage } from './audit/audit_page.tsx';
import { HeadsPage } from './audit/heads_page.tsx';
import { HomePanel } from './home_panel.tsx';
import { JobPage } from './jobs/job_page.tsx';
import { JobsPage } from './jobs/jobs_page.tsx';
import { NoticeProvider } from './parts/notice.tsx';
import { NewPersonPage } from './people/new_person_page.tsx';
import { PeoplePage } from './people/people_page.tsx';
import { PersonPage } from './people/person_page.tsx';
import type { Section } from './sections.ts';
import { StatusPage } from './status/status_page.tsx';
import { ChecksPage } from './work/checks_page.tsx';
import { FilesPage } from './work/files_page.tsx';
import { IndicatorsPage } from './work/indicators_page.tsx';

interface Shown {
  section: Section | null;
  title: string;
  content: ReactNode;
}

function useShown(parts: readonly string[]): Shown | null {
  const { t } = useAdminText();
  const [first, second, ...rest] = parts;
  if (rest.length > 0) return null;
  const plain = (section: Section, content: ReactNode): Shown | null =>
    second === undefined ? { section, title: t(`section.${section}`), content } : null;
  switch (first) {
    case undefined:
      return { section: null, title: t('admin.title'), content: <HomePanel /> };
    case 'people':
      if (second === 'new') return { section: 'people', title: t('people.new'), content: <NewPersonPage /> };
      if (second !== undefined)
        return {
          section: 'people',
          title: t('person.title'),
          content: <PersonPage key={second} id={second} />,
        };
      return plain('people', <PeoplePage />);
    case 'audit':
      if (second === 'heads') return { section: 'audit', title: t('heads.title'), content: <HeadsPage /> };
      return plain('audit', <AuditPage />);
    case 'jobs':
      if (second !== undefined)
        return { section: 'jobs', title: t('jobs.one'), content: <JobPage key={second} id={second} /> };
      return plain('jobs', <JobsPage />);
    case 'status':
      return plain('status', <StatusPage />);
    case 'checks':
      return plain('checks', <ChecksPage />);
    case 'indicators':
      return plain('indicators', <IndicatorsPage />);
    case 'files':
      return plain('files', <FilesPage />);
    default:
      return null;
  }
}

function Workplace(props: { parts: readonly string[] }) {
  const shown = useShown(props.parts);
  if (shown === null) return <NotFoundPage />;
  return (
    <AdminShell section={shown.section} title={shown.title}>
      {shown.content}
    </AdminShell>
  );
}

/** Everything under /admin and /staff; `parts`: what follows in the path, decoded. */
export default function AdminPage(props: { parts: readonly string[] }) {
  return (
    <AdminTextProvider>
      <NoticeProvider>
        <Workplace parts={props.parts} />
      </NoticeProvider>
    </AdminTextProvider>
  );
}
