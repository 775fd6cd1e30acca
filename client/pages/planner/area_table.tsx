import { useId } from 'react';
import { type AreaRow, inOtherUnits, roundedTo, sumM2 } from '../../planner/sums.ts';
import { squareMetres } from '../../text/format.ts';
import { hectares } from './figures.ts';
import { usePlannerText } from './planner_text.ts';
import { LitRow, RowButton } from './row_button.tsx';

/** Areas by class or village, gross in three units and net of 田坎; every column adds up to the cent. */
export function AreaTable(props: {
  title: string;
  head: string;
  rows: readonly AreaRow[];
  total: string;
  nameOf(row: AreaRow): string;
  colours?: ReadonlyMap<string, string>;
  /** the codes are those of villages, which the map can light up */
  villages?: boolean;
  testId: string;
}) {
  const { t } = usePlannerText();
  const id = useId();
  const { rows, nameOf, colours } = props;
  const gross = inOtherUnits(rows.map(({ area_m2 }) => area_m2));
  const netMu = roundedTo(
    rows.map(({ net_area_m2 }) => (net_area_m2 * 3) / 2000),
    2,
  );
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  return (
    <section className="card planner-section" aria-labelledby={id}>
      <h2 id={id}>{props.title}</h2>
      <div className="table-scroll">
        <table className="planner-table" data-testid={props.testId}>
          <caption className="visually-hidden">{props.title}</caption>
          <thead>
            <tr>
              <th scope="col">{props.head}</th>
              <th scope="col" className="figure-cell">
                m²
              </th>
              <th scope="col" className="figure-cell">
                {t('planner.ha')}
              </th>
              <th scope="col" className="figure-cell">
                {t('unit.mu')}
              </th>
              <th scope="col" className="figure-cell">
                {t('planner.net')} m²
              </th>
              <th scope="col" className="figure-cell">
                {t('planner.net')} {t('unit.mu')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <LitRow
                key={row.code}
                light={{ parcels: row.parcels, ...(props.villages === true ? { village: row.code } : {}) }}
              >
                <th scope="row">
                  <span className="row-head">
                    {colours !== undefined && row.code !== null && (
                      <span
                        className="swatch"
                        style={{ backgroundColor: colours.get(row.code) ?? '#d8d3c4' }}
                        aria-hidden="true"
                      />
                    )}
                    <RowButton parcels={row.parcels}>
                      {nameOf(row)}{' '}
                      {props.villages !== true && row.code !== null && <small>{row.code}</small>}
                    </RowButton>
                  </span>
                </th>
                <td className="figure-cell">{squareMetres(row.area_m2)}</td>
                <td className="figure-cell">{hectares(gross.ha[i]!)}</td>
                <td className="figure-cell">{squareMetres(gross.mu[i]!)}</td>
                <td className="figure-cell">{squareMetres(row.net_area_m2)}</td>
                <td className="figure-cell">{squareMetres(netMu[i]!)}</td>
              </LitRow>
            ))}
          </tbody>
          <tfoot>
            <tr data-testid={`${props.testId}-total`}>
              <th scope="row">{props.total}</th>
              <td className="figure-cell">{squareMetres(sumM2(rows.map(({ area_m2 }) => area_m2)))}</td>
              <td className="figure-cell">{hectares(sum(gross.ha))}</td>
              <td className="figure-cell">{squareMetres(sum(gross.mu))}</td>
              <td className="figure-cell">
                {squareMetres(sumM2(rows.map(({ net_area_m2 }) => net_area_m2)))}
              </td>
              <td className="figure-cell">{squareMetres(sum(netMu))}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}
