import type { Backup } from '../../../../server/contract/index.ts';
import { listBackups } from '../../../api/backups.ts';
import { useResource } from '../../../api/use_resource.ts';
import { moment } from '../../../text/format.ts';
import { type AdminT, useAdminText } from '../admin_text.ts';
import { BackupButton } from '../jobs/backup_button.tsx';
import { type Column, DataTable } from '../parts/data_table.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { sizeWords } from './size_words.ts';

const columns = (t: AdminT, language: string): Column<Backup>[] => [
  { key: 'at', title: t('backups.at'), cell: ({ created_at }) => moment(created_at, language) },
  {
    key: 'name',
    title: t('backups.file'),
    cell: ({ name, encrypted }) => (
      <>
        {name}{' '}
        <span className={encrypted ? 'tag tag-land' : 'tag tag-warning'}>
          {t(encrypted ? 'backups.encrypted' : 'backups.plain')}
        </span>
      </>
    ),
  },
  { key: 'size', title: t('files.size'), cell: ({ bytes }) => sizeWords(bytes), figure: true },
  {
    key: 'holds',
    title: t('backups.holds'),
    cell: ({ rows, files, missing_files }) => (
      <>
        {t('backups.rows', { rows, files })}
        {missing_files > 0 && <small className="fault">{t('backups.missing', { n: missing_files })}</small>}
      </>
    ),
  },
];

/** Backups that were read back and found whole, and the way to another one. */
export function BackupPanel() {
  const { t, language } = useAdminText();
  const backups = useResource(`backups ${language}`, listBackups);
  return (
    <section className="card" id="backups" data-testid="backups">
      <h2>{t('backups.title')}</h2>
      <Loaded of={backups}>
        {(list) => (
          <>
            <p className="quiet">{t('backups.text', { at: list.nightly_at })}</p>
            {list.backups.length === 0 ? (
              <p>{t('backups.none')}</p>
            ) : (
              <DataTable
                caption={t('backups.title')}
                columns={columns(t, language)}
                rows={list.backups}
                rowKey={({ name }) => name}
              />
            )}
            <p className="quiet">
              {t('heads.fingerprint')} <code>{list.key_fingerprint}</code>
            </p>
          </>
        )}
      </Loaded>
      <BackupButton />
    </section>
  );
}
