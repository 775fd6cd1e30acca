import { exportTrail, getTrail } from '../../../api/audit.ts';
import { Icon } from '../../../components/icon.tsx';
import { Link } from '../../../components/link.tsx';
import { Refusal } from '../../../staff/refusal.tsx';
import { useTask } from '../../../staff/use_task.ts';
import { useAdminText } from '../admin_text.ts';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { useSay } from '../parts/notice.tsx';
import { OlderButton } from '../parts/older_button.tsx';
import { saveFile } from '../parts/save_file.ts';
import { useLate } from '../parts/use_late.ts';
import { useOlder } from '../parts/use_older.ts';
import { useAddress } from '../use_address.ts';
import { AUDIT_PARAMS, AuditFilter } from './audit_filter.tsx';
import { EntryItem } from './entry_item.tsx';
import { VerificationPanel } from './verification_panel.tsx';

const LIMIT = 50;

/** What was done in one's areas: read, filtered, exported, verified. */
export function AuditPage() {
  const { t } = useAdminText();
  const say = useSay();
  const [params, change] = useAddress(AUDIT_PARAMS);
  const search = useLate(params);
  const older = useOlder(`trail ${JSON.stringify(search)}`, async (before, signal) => {
    const { entries, next } = await getTrail(search, before, LIMIT, signal);
    return { rows: entries, next };
  });
  const saving = useTask();
  const save = (format: 'csv' | 'ndjson') =>
    saving.run(async () => {
      const { name, content } = await exportTrail(params, format);
      saveFile(name, content);
      say(t('audit.exported', { name }));
    });
  return (
    <>
      <p>{t('audit.lead')}</p>
      <VerificationPanel />
      <AuditFilter params={params} onChange={change} />
      <div className="row">
        {(['csv', 'ndjson'] as const).map((format) => (
          <button
            key={format}
            type="button"
            className="button"
            disabled={saving.busy}
            onClick={() => void save(format)}
            data-testid={`export-${format}`}
          >
            <Icon name="download" size={20} /> {t(`audit.export_${format}`)}
          </button>
        ))}
        <Link href="/admin/audit/heads" className="button" testId="to-heads">
          <Icon name="print" size={20} /> {t('heads.link')}
        </Link>
      </div>
      <Refusal failure={saving.failure} />
      <Loaded of={older.first}>
        {() => (
          <>
            <p role="status" data-testid="audit-count">
              {t('audit.shown', { n: older.rows.length })}
            </p>
            {older.rows.length === 0 ? (
              <Empty title={t('audit.empty')} hint={t('audit.empty_hint')} />
            ) : (
              <ol className="entries">
                {older.rows.map((entry) => (
                  <EntryItem key={`${entry.county_code} ${entry.seq}`} entry={entry} />
                ))}
              </ol>
            )}
            <OlderButton of={older} />
          </>
        )}
      </Loaded>
    </>
  );
}
