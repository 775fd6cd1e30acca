import type { Activity, CheckSummary, Outcome } from '../../../../server/contract/index.ts';
import { type CheckSearch, listChecks } from '../../../api/staff_checks.ts';
import { ACTIVITIES } from '../../../check/activities.ts';
import { areasOf } from '../../../staff/rights.ts';
import { useMe } from '../../../staff/session.tsx';
import { moment, mu, squareMetres, toMu } from '../../../text/format.ts';
import { type AdminT, useAdminText } from '../admin_text.ts';
import { type Column, DataTable } from '../parts/data_table.tsx';
import { DivisionPicker } from '../parts/division_picker.tsx';
import { Empty } from '../parts/empty.tsx';
import { ChoiceField, TextField } from '../parts/fields.tsx';
import { Filter } from '../parts/filter.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { OlderButton } from '../parts/older_button.tsx';
import { useDivisionName } from '../parts/use_division_name.ts';
import { useLate } from '../parts/use_late.ts';
import { useOlder } from '../parts/use_older.ts';
import { useAddress } from '../use_address.ts';
import { OUTCOME_ORDER } from './outcome_list.ts';
import { OutcomeTag } from './outcome_tag.tsx';

const LIMIT = 50;
const PARAMS = ['outcome', 'activity', 'division', 'from', 'until'] as const;

const columns = (t: AdminT, language: string): Column<CheckSummary>[] => [
  { key: 'at', title: t('checks.at'), cell: ({ created_at }) => moment(created_at, language) },
  { key: 'outcome', title: t('checks.outcome'), cell: ({ outcome }) => <OutcomeTag outcome={outcome} /> },
  { key: 'activity', title: t('checks.activity'), cell: ({ activity }) => t(`activity.${activity}`) },
  {
    key: 'village',
    title: t('checks.village'),
    cell: ({ village }) =>
      village === null ? (
        <span className="quiet">{t('checks.nowhere')}</span>
      ) : (
        <>
          {village.name} <small>{village.path.join(' › ')}</small>
        </>
      ),
  },
  {
    key: 'area',
    title: t('checks.area'),
    figure: true,
    cell: ({ area_m2 }) => (
      <>
        {squareMetres(area_m2)} m² <small>{t('checks.mu', { mu: mu(toMu(area_m2)) })}</small>
      </>
    ),
  },
  { key: 'reference', title: t('checks.reference'), cell: ({ reference }) => <code>{reference}</code> },
];

/** What people had checked in one's areas: what, where and how it came out; who asked nobody knows. */
export function ChecksPage() {
  const { t, language } = useAdminText();
  const me = useMe();
  const [params, change] = useAddress(PARAMS);
  const division = useDivisionName(params.division);
  const search = useLate(params) as CheckSearch;
  const older = useOlder(`checks ${JSON.stringify(search)}`, async (before, signal) => {
    const { checks, next } = await listChecks(search, before, LIMIT, signal);
    return { rows: checks, next };
  });
  return (
    <>
      <p>{t('checks.lead')}</p>
      <Filter active={Object.values(params).some((value) => value !== '')}>
        <ChoiceField<Outcome>
          label={t('checks.outcome')}
          value={params.outcome as Outcome | ''}
          any={t('filter.any')}
          options={OUTCOME_ORDER.map((value) => ({ value, title: t(`outcome.${value}`) }))}
          onChange={(outcome) => change({ outcome })}
          testId="checks-outcome"
        />
        <ChoiceField<Activity>
          label={t('checks.activity')}
          value={params.activity as Activity | ''}
          any={t('filter.any')}
          options={ACTIVITIES.map((value) => ({ value, title: t(`activity.${value}`) }))}
          onChange={(activity) => change({ activity })}
          testId="checks-activity"
        />
        <DivisionPicker
          label={t('filter.area')}
          within={areasOf(me, 'checks.read')}
          chosen={division}
          onChoose={(chosen) => change({ division: chosen?.code ?? '' })}
          testId="checks-area"
        />
        <TextField
          label={t('filter.from')}
          type="date"
          value={params.from}
          onChange={(from) => change({ from })}
        />
        <TextField
          label={t('filter.until')}
          type="date"
          value={params.until}
          onChange={(until) => change({ until })}
        />
      </Filter>
      <Loaded of={older.first}>
        {() => (
          <>
            <p role="status" data-testid="checks-count">
              {t('checks.shown', { n: older.rows.length })}
            </p>
            {older.rows.length === 0 ? (
              <Empty title={t('checks.empty')} hint={t('checks.empty_hint')} />
            ) : (
              <DataTable
                caption={t('section.checks')}
                columns={columns(t, language)}
                rows={older.rows}
                rowKey={({ reference, created_at }) => `${created_at} ${reference}`}
                testId="checks"
              />
            )}
            <OlderButton of={older} />
          </>
        )}
      </Loaded>
    </>
  );
}
