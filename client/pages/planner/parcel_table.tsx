import { useContext } from 'react';
import { FailureCard } from '../../components/failure_card.tsx';
import { Icon } from '../../components/icon.tsx';
import { hasNoData } from '../../planner/conflicts.ts';
import type { Parcel } from '../../planner/proposal.ts';
import { inOtherUnits, sumM2 } from '../../planner/sums.ts';
import type { Overlays, ParcelState } from '../../planner/use_overlays.ts';
import type { Desk } from '../../planner/use_proposal.ts';
import { roughSquareMetres, squareMetres } from '../../text/format.ts';
import { hectares } from './figures.ts';
import { LightingContext } from './lighting.ts';
import { OutcomeTag } from './outcome_tag.tsx';
import { usePlannerText } from './planner_text.ts';
import { LitRow } from './row_button.tsx';

/** Official where an answer or the file has it, else an estimate. */
export const areaOf = ({ area_m2 }: Parcel, state: ParcelState): number | null =>
  state.state === 'answered' ? state.answer.area_m2 : area_m2;

/** The parcels: names that can be changed, areas, what came of each, and their sum. */
export function ParcelTable(props: {
  desk: Desk;
  overlays: Overlays;
  onShowPlace: ((position: [number, number]) => void) | undefined;
}) {
  const { t } = usePlannerText();
  const { show } = useContext(LightingContext);
  const { proposal, step } = props.desk;
  const { stateOf } = props.overlays;
  const rows = proposal.parcels.map((parcel) => {
    const state = stateOf(parcel.id);
    return {
      parcel,
      state,
      area_m2: areaOf(parcel, state) ?? 0,
      official: state.state === 'answered' || parcel.official,
    };
  });
  const units = inOtherUnits(rows.map(({ area_m2 }) => area_m2));
  const official = rows.every((row) => row.official);
  const metres = official ? squareMetres : roughSquareMetres;
  return (
    <section className="card planner-section" aria-labelledby="parcels-title">
      <h2 id="parcels-title">{t('planner.parcels', { n: rows.length })}</h2>
      <div className="table-scroll">
        <table className="planner-table" data-testid="parcel-table">
          <caption className="visually-hidden">{t('planner.parcels', { n: rows.length })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('planner.parcel')}</th>
              <th scope="col" className="figure-cell">
                m²
              </th>
              <th scope="col" className="figure-cell">
                {t('planner.ha')}
              </th>
              <th scope="col" className="figure-cell">
                {t('unit.mu')}
              </th>
              <th scope="col">{t('planner.outcome')}</th>
              <th scope="col" className="no-print">
                <span className="visually-hidden">{t('planner.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ parcel, state, area_m2, official: exact }, i) => (
              <LitRow key={parcel.id} light={{ parcels: [parcel.id] }}>
                <th scope="row" id={`parcel-${parcel.id}`}>
                  <input
                    className="name-input"
                    aria-label={t('planner.parcel_name', { n: i + 1 })}
                    value={parcel.name}
                    maxLength={200}
                    onChange={(event) => step({ do: 'rename', id: parcel.id, name: event.target.value })}
                    data-testid="parcel-name"
                  />
                </th>
                <td className="figure-cell">
                  {exact ? squareMetres(area_m2) : roughSquareMetres(area_m2)}
                  {!exact && <span className="tag">{t('check.estimate')}</span>}
                </td>
                <td className="figure-cell">{hectares(units.ha[i]!)}</td>
                <td className="figure-cell">{squareMetres(units.mu[i]!)}</td>
                <td data-testid={`state-${state.state}`}>
                  <StateTag state={state} />
                </td>
                <td className="no-print parcel-actions">
                  <button
                    type="button"
                    className="icon-button"
                    aria-label={t('planner.show_parcel', { name: parcel.name })}
                    onClick={() => show([parcel.id])}
                  >
                    <Icon name="fit" />
                  </button>
                  <button
                    type="button"
                    className="icon-button"
                    aria-label={t('planner.remove', { name: parcel.name })}
                    onClick={() => step({ do: 'remove', id: parcel.id })}
                    data-testid="remove-parcel"
                  >
                    <Icon name="trash" />
                  </button>
                </td>
              </LitRow>
            ))}
          </tbody>
          <tfoot>
            <tr data-testid="parcel-total">
              <th scope="row">{t('planner.total')}</th>
              <td className="figure-cell">{metres(sumM2(rows.map(({ area_m2 }) => area_m2)))}</td>
              <td className="figure-cell">{hectares(units.ha.reduce((a, b) => a + b, 0))}</td>
              <td className="figure-cell">{squareMetres(units.mu.reduce((a, b) => a + b, 0))}</td>
              <td>{!official && <span className="tag">{t('check.estimate')}</span>}</td>
              <td className="no-print" />
            </tr>
          </tfoot>
        </table>
      </div>
      {rows.map(({ parcel, state }) =>
        state.state === 'refused' ? (
          <div key={parcel.id} data-testid="parcel-refused">
            <p className="details-title">{t('planner.refused', { name: parcel.name })}</p>
            <Refused
              state={state}
              onShowPlace={props.onShowPlace}
              onRetry={() => void props.overlays.run()}
            />
          </div>
        ) : null,
      )}
    </section>
  );
}

function Refused(props: {
  state: Extract<ParcelState, { state: 'refused' }>;
  onRetry(): void;
  onShowPlace: ((position: [number, number]) => void) | undefined;
}) {
  const { failure } = props.state;
  const { onShowPlace } = props;
  const position = failure.kind === 'problem' ? failure.problem.where?.position : undefined;
  return (
    <FailureCard
      failure={failure}
      onRetry={props.onRetry}
      {...(position !== undefined && onShowPlace !== undefined
        ? { onShowPlace: () => onShowPlace(position) }
        : {})}
    />
  );
}

function StateTag({ state }: { state: ParcelState }) {
  const { t } = usePlannerText();
  switch (state.state) {
    case 'open':
      return <span className="tag">{t('planner.state.open')}</span>;
    case 'computing':
      return (
        <span className="tag">
          <span className="spinner" aria-hidden="true" /> {t('planner.state.computing')}
        </span>
      );
    case 'refused':
      return <span className="tag tag-failed">{t('planner.state.refused')}</span>;
    case 'answered':
      if (hasNoData(state.answer)) return <span className="tag tag-no_data">{t('status.no_data')}</span>;
      return state.answer.verdict === undefined ? (
        <span className="tag tag-not_affected">{t('planner.state.answered')}</span>
      ) : (
        <OutcomeTag outcome={state.answer.verdict.outcome} />
      );
  }
}
