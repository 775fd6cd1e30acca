import { Icon } from '../../components/icon.tsx';
import type { Conflict } from '../../planner/conflicts.ts';
import { inOtherUnits } from '../../planner/sums.ts';
import { percent, squareMetres } from '../../text/format.ts';
import { ArticleList } from '../../verdict/article_list.tsx';
import { FurtherTexts } from '../../verdict/further_texts.tsx';
import { OfficeLine } from '../../verdict/office_line.tsx';
import { OutcomeTag } from './outcome_tag.tsx';
import { usePlannerText } from './planner_text.ts';
import { LitRow, RowButton } from './row_button.tsx';

/** What the parcels meet, the gravest by the rule book first. */
export function ConflictList(props: {
  conflicts: readonly Conflict[];
  colours: ReadonlyMap<string, string>;
  /** some layers gave no answer: then none may read as "nothing" */
  silent: boolean;
}) {
  const { t } = usePlannerText();
  const { conflicts, colours } = props;
  return (
    <section className="card planner-section" aria-labelledby="conflicts-title" data-testid="conflicts">
      <h2 id="conflicts-title">{t('planner.conflicts', { n: conflicts.length })}</h2>
      {conflicts.length === 0 && (
        <p>{t(props.silent ? 'planner.no_conflicts_silent' : 'planner.no_conflicts')}</p>
      )}
      <ol className="conflict-list">
        {conflicts.map((conflict) => (
          <ConflictItem
            key={conflict.layer}
            conflict={conflict}
            colour={colours.get(conflict.layer) ?? null}
          />
        ))}
      </ol>
    </section>
  );
}

function ConflictItem({ conflict, colour }: { conflict: Conflict; colour: string | null }) {
  const { t } = usePlannerText();
  const { layer, title, outcome, rules, parts, area_m2, classes } = conflict;
  const [first, ...further] = rules;
  const land = layer === 'land_use';
  const [mu] = inOtherUnits([area_m2]).mu;
  return (
    <li className={`conflict-item tone-${outcome ?? 'none'}`} data-testid={`conflict-${layer}`}>
      <div className="conflict-head">
        {colour !== null && (
          <span className="swatch swatch-line" style={{ borderColor: colour }} aria-hidden="true" />
        )}
        <h3>{title}</h3>
        {outcome !== null && <OutcomeTag outcome={outcome} />}
        {!land && (
          <p className="conflict-area">
            <b>{squareMetres(area_m2)}</b> m² · <b>{squareMetres(mu!)}</b> {t('unit.mu')}
          </p>
        )}
      </div>
      {first !== undefined && (
        <>
          <p className="conflict-rule">{first.text}</p>
          <FurtherTexts {...first} />
          <ArticleList articles={first.articles} open={1} />
          <OfficeLine office={first.office} />
        </>
      )}
      {further.length > 0 && (
        <details className="folded-articles">
          <summary>
            {t('planner.more_rules', { n: further.length })} <Icon name="down" />
          </summary>
          {further.map((rule) => (
            <div key={rule.id} className="rule">
              <p>
                <OutcomeTag outcome={rule.outcome} /> {rule.text}
              </p>
              <ArticleList articles={rule.articles} open={1} />
              <OfficeLine office={rule.office} />
            </div>
          ))}
        </details>
      )}
      {!land && (
        <div className="table-scroll">
          <table className="planner-table">
            <caption className="visually-hidden">{t('planner.parts', { layer: title })}</caption>
            <thead>
              <tr>
                <th scope="col">{t('planner.parcel')}</th>
                <th scope="col">{t('planner.zone')}</th>
                <th scope="col" className="figure-cell">
                  m²
                </th>
                <th scope="col" className="figure-cell">
                  {t('planner.share')}
                </th>
              </tr>
            </thead>
            <tbody>
              {parts.flatMap(({ parcel, name, hits, area_m2: whole, share, certainty }) =>
                hits.map((hit) => (
                  <LitRow
                    key={`${parcel} ${hit.code}`}
                    light={{ parcels: [parcel], zone: { layer, code: hit.code } }}
                  >
                    <th scope="row">
                      <RowButton parcels={[parcel]}>{name}</RowButton>
                      {certainty !== null && <small>{t(`certainty.${certainty}`)}</small>}
                    </th>
                    <td>{hit.name}</td>
                    <td className="figure-cell">{squareMetres(hit.area_m2)}</td>
                    <td className="figure-cell">
                      {percent(whole === 0 ? 0 : (share * hit.area_m2) / whole)}
                    </td>
                  </LitRow>
                )),
              )}
            </tbody>
            {parts.length + classes.length > 2 && (
              <tfoot>
                <tr>
                  <th scope="row" colSpan={2}>
                    {t('planner.total')}
                  </th>
                  <td className="figure-cell">{squareMetres(area_m2)}</td>
                  <td />
                </tr>
              </tfoot>
            )}
          </table>
        </div>
      )}
    </li>
  );
}
