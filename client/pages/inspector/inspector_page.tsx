import '../../styles/admin.css';
import '../../styles/inspector.css';
import { RequireSession } from '../../staff/require_session.tsx';
import { AdminTextProvider } from '../admin/admin_text.ts';
import { NoticeProvider } from '../admin/parts/notice.tsx';
import { BatchPage } from './batch_page.tsx';
import { BatchesPage } from './batches_page.tsx';
import { InspectorTextProvider, useInspectorText } from './inspector_text.ts';

function Pages(props: { parts: readonly string[] }) {
  const { t } = useInspectorText();
  const [batch, index] = props.parts;
  return (
    <RequireSession title={t('inspector.title')} rights={['overlays.run']}>
      {batch === undefined ? (
        <BatchesPage />
      ) : (
        <BatchPage key={batch} id={batch} index={index === undefined ? null : Number(index)} />
      )}
    </RequireSession>
  );
}

/** Batches of shapes: `parts` is nothing, a batch, or a batch and a record in it. */
export default function InspectorPage(props: { parts: readonly string[] }) {
  return (
    <AdminTextProvider>
      <InspectorTextProvider>
        <NoticeProvider above>
          <Pages parts={props.parts} />
        </NoticeProvider>
      </InspectorTextProvider>
    </AdminTextProvider>
  );
}
