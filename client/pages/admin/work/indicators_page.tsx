import type { Indicators } from '../../../../server/contract/index.ts';
import { getIndicators } from '../../../api/staff_checks.ts';
import { useResource } from '../../../api/use_resource.ts';
import { Icon } from '../../../components/icon.tsx';
import { areasOf } from '../../../staff/rights.ts';
import { useMe } from '../../../staff/session.tsx';
import { percent } from '../../../text/format.ts';
import { type AdminT, useAdminText } from '../admin_text.ts';
import { type Column, DataTable } from '../parts/data_table.tsx';
import { DivisionPicker } from '../parts/division_picker.tsx';
import { Empty } from '../parts/empty.tsx';
import { ChoiceField } from '../parts/fields.tsx';
import { Filter } from '../parts/filter.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { useDivisionName } from '../parts/use_division_name.ts';
import { useAddress } from '../use_address.ts';
import { OUTCOME_ORDER } from './outcome_list.ts';
import { OutcomeTag } from './outcome_tag.tsx';
import { type Tally, tally } from './tally.ts';

const USUAL_DAYS = '30';
const SPANS = ['7', '30', '90', '366'] as const;

const columns = (first: string, t: AdminT): Column<Tally>[] => [
  { key: 'name', title: first, cell: ({ name }) => name },
  ...OUTCOME_ORDER.map((outcome) => ({
    key: outcome,
    title: t(`outcome.${outcome}`),
    cell: ({ of }: Tally) => of[outcome],
    figure: true,
  })),
  { key: 'total', title: t('indicators.total'), cell: ({ total }) => <b>{total}</b>, figure: true },
];

function Figures({ of }: { of: Indicators }) {
  const { t } = useAdminText();
  if (of.total === 0) return <Empty title={t('indicators.empty')} hint={t('indicators.empty_hint')} />;
  const share = (n: number) => percent(n / of.total);
  const tables = [
    {
      title: t('indicators.by_township'),
      rows: tally(of.by_township, ({ code, name }) => ({ key: code, name })),
    },
    {
      title: t('indicators.by_activity'),
      rows: tally(of.by_activity, ({ activity }) => ({ key: activity, name: t(`activity.${activity}`) })),
    },
    { title: t('indicators.by_day'), rows: tally(of.by_day, ({ day }) => ({ key: day, name: day })) },
  ];
  return (
    <>
      <section className="card" data-testid="indicators">
        <h2>{t('indicators.sum', { n: of.total, from: of.from, until: of.until })}</h2>
        <ul className="outcome-sums">
          {OUTCOME_ORDER.map((outcome) => {
            const n = of.by_outcome.find((each) => each.outcome === outcome)?.checks ?? 0;
            return (
              <li key={outcome}>
                <OutcomeTag outcome={outcome} />
                <span className="big-figure">
                  <b>{n}</b> <span className="quiet">{share(n)}</span>
                </span>
              </li>
            );
          })}
        </ul>
      </section>
      {tables.map(({ title, rows }) => (
        <section key={title}>
          <h2>{title}</h2>
          <DataTable caption={title} columns={columns(title, t)} rows={rows} rowKey={({ key }) => key} />
        </section>
      ))}
    </>
  );
}

/** Numbers for whoever leads: how many checks, where, of what, and how they came out. */
export function IndicatorsPage() {
  const { t } = useAdminText();
  const me = useMe();
  const [params, change] = useAddress(['days', 'division'] as const);
  const division = useDivisionName(params.division);
  const days = SPANS.find((each) => each === params.days) ?? USUAL_DAYS;
  const figures = useResource(`indicators ${days} ${params.division}`, (signal) =>
    getIndicators(Number(days), params.division, signal),
  );
  return (
    <>
      <p>{t('indicators.lead')}</p>
      <Filter active={Object.values(params).some((value) => value !== '')}>
        <ChoiceField
          label={t('indicators.span')}
          value={days}
          options={SPANS.map((value) => ({ value, title: t('indicators.days', { n: value }) }))}
          onChange={(next) => change({ days: next })}
          testId="indicators-days"
        />
        <DivisionPicker
          label={t('filter.area')}
          within={areasOf(me, 'indicators.read')}
          chosen={division}
          onChoose={(chosen) => change({ division: chosen?.code ?? '' })}
          testId="indicators-area"
        />
      </Filter>
      <div className="row no-print">
        <button type="button" className="button" onClick={() => window.print()}>
          <Icon name="print" size={20} /> {t('share.print')}
        </button>
      </div>
      <Loaded of={figures}>{(value) => <Figures of={value} />}</Loaded>
    </>
  );
}
