import { Main } from '../../components/main.tsx';
import { RequireSession } from '../../staff/require_session.tsx';
import { StaffHeader } from '../../staff/staff_header.tsx';
import { AdminTextProvider } from '../admin/admin_text.ts';
import { NoticeProvider } from '../admin/parts/notice.tsx';
import { InspectorTextProvider, useInspectorText } from './inspector_text.ts';

function Shell() {
  const { t } = useInspectorText();
  return (
    <RequireSession title={t('inspector.title')} rights={['overlays.run']}>
      <div className="page">
        <StaffHeader title={t('inspector.title')} />
        <Main className="column">{null}</Main>
      </div>
    </RequireSession>
  );
}

/** Batches of shapes: `parts` is nothing, a batch, or a batch and a record in it. */
export default function InspectorPage(_props: { parts: readonly string[] }) {
  return (
    <AdminTextProvider>
      <InspectorTextProvider>
        <NoticeProvider>
          <Shell />
        </NoticeProvider>
      </InspectorTextProvider>
    </AdminTextProvider>
  );
}
