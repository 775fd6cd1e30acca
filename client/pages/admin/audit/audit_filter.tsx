import { areasOf } from '../../../staff/rights.ts';
import { useMe } from '../../../staff/session.tsx';
import { useAdminText } from '../admin_text.ts';
import { DivisionPicker } from '../parts/division_picker.tsx';
import { ChoiceField, TextField } from '../parts/fields.tsx';
import { Filter } from '../parts/filter.tsx';
import { useDivisionName } from '../parts/use_division_name.ts';
import { recordWords } from './entry_words.ts';
import { PersonPicker } from './person_picker.tsx';

export const AUDIT_PARAMS = [
  'account',
  'action',
  'record_kind',
  'record_id',
  'division',
  'from',
  'until',
] as const;
export type AuditParams = Readonly<Record<(typeof AUDIT_PARAMS)[number], string>>;

const GROUPS = ['session', 'account', 'api_token', 'file', 'job', 'audit', 'installation'] as const;

/** What to show of the trail: person, kind of action, record, area, days. */
export function AuditFilter(props: { params: AuditParams; onChange(change: Partial<AuditParams>): void }) {
  const { t } = useAdminText();
  const me = useMe();
  const { params, onChange } = props;
  const division = useDivisionName(params.division);
  return (
    <Filter active={Object.values(params).some((value) => value !== '')}>
      <PersonPicker id={params.account} onChoose={(account) => onChange({ account })} />
      <ChoiceField
        label={t('audit.action')}
        value={params.action}
        any={t('filter.any')}
        options={GROUPS.map((group) => ({ value: `${group}.*`, title: t(`audit.group.${group}`) }))}
        onChange={(action) => onChange({ action })}
        testId="audit-action"
      />
      <DivisionPicker
        label={t('filter.area')}
        within={areasOf(me, 'audit.read')}
        chosen={division}
        onChoose={(chosen) => onChange({ division: chosen?.code ?? '' })}
        testId="audit-area"
      />
      <TextField
        label={t('filter.from')}
        type="date"
        value={params.from}
        onChange={(from) => onChange({ from })}
        testId="audit-from"
      />
      <TextField
        label={t('filter.until')}
        type="date"
        value={params.until}
        onChange={(until) => onChange({ until })}
        testId="audit-until"
      />
      {(params.record_kind !== '' || params.record_id !== '') && (
        <div className="filter-record">
          <p>{t('audit.only_record', { record: recordWords(params, t) })}</p>
          <button
            type="button"
            className="button"
            onClick={() => onChange({ record_kind: '', record_id: '' })}
          >
            {t('audit.all_records')}
          </button>
        </div>
      )}
    </Filter>
  );
}
