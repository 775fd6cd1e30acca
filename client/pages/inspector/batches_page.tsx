import { useEffect, useState } from 'react';
import { listBatches } from '../../api/batches.ts';
import { useTitle } from '../../components/use_title.ts';
import { isActive } from '../../inspector/progress.ts';
import { navigate } from '../../route.ts';
import { areasOf } from '../../staff/rights.ts';
import { useMe } from '../../staff/session.tsx';
import { Loaded } from '../admin/parts/loaded.tsx';
import { OlderButton } from '../admin/parts/older_button.tsx';
import { useOlder } from '../admin/parts/use_older.ts';
import { BatchDrop } from './batch_drop.tsx';
import { BatchRow } from './batch_row.tsx';
import { InspectorShell } from './inspector_shell.tsx';
import { useInspectorText } from './inspector_text.ts';

const LIMIT = 25;
const RELOAD_MS = 4_000;

/** The batches of one's area, the newest first, and the way to a new one. */
export function BatchesPage() {
  const { t, language } = useInspectorText();
  const me = useMe();
  useTitle(t('inspector.document_title', { page: t('inspector.title') }));
  const [round, setRound] = useState(0);
  const older = useOlder(`batches ${language} ${round}`, async (before, signal) => {
    const { batches, next } = await listBatches(before, LIMIT, signal);
    return { rows: batches, next };
  });
  const active = older.rows.some(({ status }) => isActive(status));
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => setRound((n) => n + 1), RELOAD_MS);
    return () => clearInterval(timer);
  }, [active]);
  const codes = new Set(areasOf(me, 'overlays.run'));
  const areas = me.assignments.filter(({ division_code }) => codes.has(division_code));
  const empty = older.first.resource.state === 'ready' && older.rows.length === 0;
  return (
    <InspectorShell title={t('inspector.title')} className="column wide-column">
      <p>
        {t('inspector.lead')}{' '}
        {areas.length > 0 &&
          t('inspector.area', {
            areas: [...new Set(areas.map(({ division_name }) => division_name))].join(t('inspector.and')),
          })}
      </p>
      <BatchDrop teach={empty} onDone={(batch) => navigate(`/inspector/${batch.id}`)} />
      <section aria-labelledby="batches-title">
        <h2 id="batches-title" className="list-title">
          {t('batches.title')}
        </h2>
        <Loaded of={older.first}>
          {() =>
            empty ? (
              <div className="card empty" data-testid="empty">
                <p className="empty-title">{t('batches.empty')}</p>
                <p className="quiet">{t('batches.empty_hint')}</p>
              </div>
            ) : (
              <>
                <ul className="card batches" data-testid="batches">
                  {older.rows.map((batch) => (
                    <BatchRow key={batch.id} batch={batch} />
                  ))}
                </ul>
                <OlderButton of={older} />
              </>
            )
          }
        </Loaded>
      </section>
    </InspectorShell>
  );
}
