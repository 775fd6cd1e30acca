import { Fragment, useMemo, useState } from 'react';
import { Icon } from '../../components/icon.tsx';
import type { Dimension, PivotGroup, PivotRow, Sorting } from '../../planner/pivot.ts';
import { type Answered, type CrossBlock, inOtherUnits, sumM2 } from '../../planner/sums.ts';
import { squareMetres } from '../../text/format.ts';
import { crossNames } from './cross_names.ts';
import { usePlannerText } from './planner_text.ts';
import { LitRow, RowButton } from './row_button.tsx';

/** More rows than this are asked for: a browser draws them slowly. */
const SHOWN = 200;

/** The cross table with its subtotals: sorted by a tap on a head. */
export function CrossTable(props: {
  block: CrossBlock;
  groups: readonly PivotGroup[];
  dimensions: readonly Dimension[];
  sorting: Sorting;
  onSort(sorting: Sorting): void;
  parcels: readonly Answered[];
}) {
  const { t } = usePlannerText();
  const { block, groups, dimensions, sorting, onSort } = props;
  const [all, setAll] = useState(false);
  const names = useMemo(() => crossNames(block, props.parcels, t), [block, props.parcels, t]);
  const rows = groups.flatMap((group) => group.rows);
  const mu = useMemo(() => {
    const rounded = inOtherUnits(rows.map(({ area_m2 }) => area_m2)).mu;
    return new Map(rows.map((row, i) => [row, rounded[i]!]));
  }, [rows]);
  let before = 0;
  const shown = groups.filter((group) => {
    const fits = all || before < SHOWN;
    before += group.rows.length;
    return fits;
  });
  const left = groups.length - shown.length;
  const head = (title: string, by: Sorting['by'], figure: boolean) => {
    const here = sorting.by === by;
    return (
      <th
        key={String(by)}
        scope="col"
        className={figure ? 'figure-cell' : undefined}
        aria-sort={here ? (sorting.down ? 'descending' : 'ascending') : 'none'}
      >
        <button
          type="button"
          className="sort-button"
          onClick={() => onSort({ by, down: here ? !sorting.down : figure })}
        >
          {title}
          <span aria-hidden="true">{here ? (sorting.down ? ' ↓' : ' ↑') : ''}</span>
        </button>
      </th>
    );
  };
  const muSum = (inside: readonly PivotRow[]) => inside.reduce((sum, row) => sum + mu.get(row)!, 0);
  return (
    <>
      <div className="table-scroll">
        <table className="planner-table cross-table" data-testid="cross-table">
          <caption className="visually-hidden">{t('planner.cross_caption', { layer: block.title })}</caption>
          <thead>
            <tr>
              {dimensions.map((dimension, i) => head(t(`planner.by.${dimension}`), i, false))}
              {head('m²', 'area_m2', true)}
              <th scope="col" className="figure-cell">
                {t('unit.mu')}
              </th>
              {head(`${t('planner.net')} m²`, 'net_area_m2', true)}
            </tr>
          </thead>
          <tbody>
            {shown.map((group) => (
              <Fragment key={group.code}>
                {group.rows.map((row) => (
                  <LitRow key={JSON.stringify(row.codes)} light={lightOf(row, dimensions, block.layer)}>
                    <th scope="row">
                      <RowButton parcels={row.parcels}>
                        {names[dimensions[0]!](row.codes[0] ?? null)}
                      </RowButton>
                    </th>
                    {dimensions.slice(1).map((dimension, i) => (
                      <td key={dimension}>{names[dimension](row.codes[i + 1] ?? null)}</td>
                    ))}
                    <td className="figure-cell">{squareMetres(row.area_m2)}</td>
                    <td className="figure-cell">{squareMetres(mu.get(row)!)}</td>
                    <td className="figure-cell">{squareMetres(row.net_area_m2)}</td>
                  </LitRow>
                ))}
                {group.rows.length > 1 && dimensions.length > 1 && (
                  <tr className="subtotal">
                    <th scope="row" colSpan={dimensions.length}>
                      {t('planner.subtotal', { name: names[dimensions[0]!](group.code) })}
                    </th>
                    <td className="figure-cell">{squareMetres(group.area_m2)}</td>
                    <td className="figure-cell">{squareMetres(muSum(group.rows))}</td>
                    <td className="figure-cell">{squareMetres(group.net_area_m2)}</td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
          <tfoot>
            <tr data-testid="cross-total">
              <th scope="row" colSpan={dimensions.length}>
                {t('planner.total')}
              </th>
              <td className="figure-cell">{squareMetres(sumM2(rows.map(({ area_m2 }) => area_m2)))}</td>
              <td className="figure-cell">{squareMetres(muSum(rows))}</td>
              <td className="figure-cell">
                {squareMetres(sumM2(rows.map(({ net_area_m2 }) => net_area_m2)))}
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
      {left > 0 && (
        <button type="button" className="button" onClick={() => setAll(true)}>
          <Icon name="down" /> {t('planner.all_rows', { n: rows.length })}
        </button>
      )}
    </>
  );
}

function lightOf({ codes, parcels }: PivotRow, dimensions: readonly Dimension[], layer: string) {
  const village = codes[dimensions.indexOf('village')];
  const zone = codes[dimensions.indexOf('zone')];
  return { parcels, village, ...(zone == null ? {} : { zone: { layer, code: zone } }) };
}
