import { useMemo } from 'react';
import type { LegendView } from '../../components/use_legend.ts';
import { conflictsOf, unanswered, withoutData } from '../../planner/conflicts.ts';
import type { Answered } from '../../planner/sums.ts';
import { AreaTable } from './area_table.tsx';
import { Basis } from './basis.tsx';
import { ConflictList } from './conflict_list.tsx';
import { CrossSection } from './cross_section.tsx';
import { NearAndSmall } from './near_and_small.tsx';
import { NoDataNotice } from './no_data_notice.tsx';
import { usePlannerText } from './planner_text.ts';
import { Unanswered } from './unanswered.tsx';
import { useAreas } from './use_areas.ts';

/** Everything that came of a proposal; layers without an answer stand before the rest. */
export function Results(props: { parcels: readonly Answered[]; legend: LegendView }) {
  const { t } = usePlannerText();
  const { parcels, legend } = props;
  const conflicts = useMemo(() => conflictsOf(parcels), [parcels]);
  const silent = useMemo(() => unanswered(parcels), [parcels]);
  const blank = useMemo(() => withoutData(parcels), [parcels]);
  const { land, villages } = useAreas(parcels);
  return (
    <div className="planner-results" data-testid="planner-results">
      <NoDataNotice parcels={blank} />
      <Unanswered remarks={silent} parcels={parcels} />
      <ConflictList conflicts={conflicts} colours={legend.colours.zones} silent={silent.length > 0} />
      <AreaTable
        title={t('planner.land')}
        head={t('planner.class')}
        rows={land}
        total={t('planner.total')}
        nameOf={({ code, name }) => (code === null ? t('planner.outside_survey') : `${name}`)}
        colours={legend.colours.classes}
        testId="land-table"
      />
      {villages.length > 0 && (
        <AreaTable
          title={t('planner.villages')}
          head={t('planner.village')}
          rows={villages}
          total={t('planner.total')}
          nameOf={({ name }) => name}
          villages
          testId="village-table"
        />
      )}
      <NearAndSmall parcels={parcels} />
      <CrossSection parcels={parcels} />
      <Basis parcels={parcels} />
    </div>
  );
}
