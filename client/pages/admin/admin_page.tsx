import { Main } from '../../components/main.tsx';
import { RequireSession } from '../../staff/require_session.tsx';
import { StaffHeader } from '../../staff/staff_header.tsx';
import { useStaffText } from '../../staff/staff_text.ts';

/** Everything under /admin; `parts`: what follows in the path, decoded. */
export default function AdminPage(_props: { parts: readonly string[] }) {
  const { t } = useStaffText();
  return (
    <RequireSession
      title={t('staff.admin')}
      rights={['accounts.read', 'audit.read', 'jobs.read', 'installation.read']}
    >
      <div className="page">
        <StaffHeader title={t('staff.admin')} />
        <Main className="column wide-column">{null}</Main>
      </div>
    </RequireSession>
  );
}
