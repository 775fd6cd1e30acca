import { useState } from 'react';
import type { FileStatus, StoredFile } from '../../../../server/contract/index.ts';
import { deleteFile, type FileSearch, fileContent, filePicture, listFiles } from '../../../api/files.ts';
import { Icon } from '../../../components/icon.tsx';
import { areasOf, mayIn } from '../../../staff/rights.ts';
import { useMe } from '../../../staff/session.tsx';
import { moment } from '../../../text/format.ts';
import { type AdminT, useAdminText } from '../admin_text.ts';
import { ConfirmDialog } from '../parts/confirm_dialog.tsx';
import { type Column, DataTable } from '../parts/data_table.tsx';
import { DivisionPicker } from '../parts/division_picker.tsx';
import { Empty } from '../parts/empty.tsx';
import { ChoiceField } from '../parts/fields.tsx';
import { Filter } from '../parts/filter.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { useSay } from '../parts/notice.tsx';
import { OlderButton } from '../parts/older_button.tsx';
import { useDivisionName } from '../parts/use_division_name.ts';
import { useOlder } from '../parts/use_older.ts';
import { sizeWords } from '../status/size_words.ts';
import { useAddress } from '../use_address.ts';

const LIMIT = 50;
const STATUS_ORDER = ['accepted', 'quarantine', 'rejected'] as const satisfies readonly FileStatus[];
const CLASS_OF: Readonly<Record<FileStatus, string>> = {
  accepted: 'tag tag-land',
  quarantine: 'tag tag-warning',
  rejected: 'tag tag-failed',
};

const columns = (
  t: AdminT,
  language: string,
  mayDelete: (file: StoredFile) => boolean,
  onDelete: (file: StoredFile) => void,
): Column<StoredFile>[] => [
  {
    key: 'name',
    title: t('files.name'),
    cell: (file) => (
      <>
        {file.picture && <img className="file-picture" src={filePicture(file.id)} alt="" loading="lazy" />}
        {file.name} <small>{t(`files.purpose.${file.purpose}`)}</small>
      </>
    ),
  },
  {
    key: 'status',
    title: t('files.status'),
    cell: ({ status, problem }) => (
      <>
        <span className={CLASS_OF[status]}>{t(`files.status.${status}`)}</span>
        {problem !== null && <small>{problem.title}</small>}
      </>
    ),
  },
  { key: 'size', title: t('files.size'), cell: ({ bytes }) => sizeWords(bytes), figure: true },
  { key: 'at', title: t('files.at'), cell: ({ created_at }) => moment(created_at, language) },
  { key: 'area', title: t('filter.area'), cell: ({ division_code }) => division_code },
  {
    key: 'do',
    title: t('token.action'),
    cell: (file) => (
      <div className="row">
        {file.status === 'accepted' && (
          <a className="button" href={fileContent(file.id)} download>
            <Icon name="download" size={20} /> {t('files.save')}
          </a>
        )}
        {mayDelete(file) && (
          <button
            type="button"
            className="button danger-quiet"
            aria-label={t('files.delete_this', { name: file.name })}
            onClick={() => onDelete(file)}
          >
            {t('files.delete')}
          </button>
        )}
      </div>
    ),
  },
];

/** The files of one's areas: checked, waiting, or refused and why. */
export function FilesPage() {
  const { t, language } = useAdminText();
  const me = useMe();
  const say = useSay();
  const [params, change] = useAddress(['status', 'division'] as const);
  const [round, setRound] = useState(0);
  const [deleting, setDeleting] = useState<StoredFile | null>(null);
  const division = useDivisionName(params.division);
  const search: FileSearch = {};
  const status = STATUS_ORDER.find((each) => each === params.status);
  if (status !== undefined) search.status = status;
  if (params.division !== '') search.division = params.division;
  const older = useOlder(`files ${JSON.stringify(search)} ${language} ${round}`, async (before, signal) => {
    const { files, next } = await listFiles(search, before, LIMIT, signal);
    return { rows: files, next };
  });
  const mayDelete = ({ mine, division_code }: StoredFile) => mine || mayIn(me, 'files.write', division_code);
  return (
    <>
      <p>{t('files.lead')}</p>
      <Filter active={Object.values(params).some((value) => value !== '')}>
        <ChoiceField<FileStatus>
          label={t('files.status')}
          value={status ?? ''}
          any={t('filter.any')}
          options={STATUS_ORDER.map((value) => ({ value, title: t(`files.status.${value}`) }))}
          onChange={(next) => change({ status: next })}
          testId="files-status"
        />
        <DivisionPicker
          label={t('filter.area')}
          within={areasOf(me, 'files.read')}
          chosen={division}
          onChoose={(chosen) => change({ division: chosen?.code ?? '' })}
          testId="files-area"
        />
      </Filter>
      <Loaded of={older.first}>
        {() => (
          <>
            {older.rows.length === 0 ? (
              <Empty title={t('files.empty')} hint={t('files.empty_hint')} />
            ) : (
              <DataTable
                caption={t('section.files')}
                columns={columns(t, language, mayDelete, setDeleting)}
                rows={older.rows}
                rowKey={({ id }) => id}
                testId="files"
              />
            )}
            <OlderButton of={older} />
          </>
        )}
      </Loaded>
      {deleting !== null && (
        <ConfirmDialog
          title={t('files.delete_ask', { name: deleting.name })}
          action={t('files.delete')}
          typed={t('files.delete_word')}
          onConfirm={async () => {
            await deleteFile(deleting.id);
            setRound((n) => n + 1);
            say(t('files.deleted', { name: deleting.name }));
          }}
          onClose={() => setDeleting(null)}
        >
          <p>{t('files.delete_text')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
