import { useMemo } from 'react';
import { basisOf } from '../../planner/conflicts.ts';
import type { Answered } from '../../planner/sums.ts';
import { day, squareMetres } from '../../text/format.ts';
import { usePlannerText } from './planner_text.ts';

/** What was asked of which version, at which day, with which thresholds. */
export function Basis({ parcels }: { parcels: readonly Answered[] }) {
  const { t } = usePlannerText();
  const basis = useMemo(() => basisOf(parcels), [parcels]);
  const first = parcels[0]?.answer;
  const notExamined = first?.verdict?.not_examined ?? [];
  return (
    <section className="card planner-section" aria-labelledby="basis-title" data-testid="basis">
      <h2 id="basis-title">{t('planner.basis')}</h2>
      <dl className="facts">
        <dt>{t('planner.as_of')}</dt>
        <dd>{first?.as_of ?? ''}</dd>
        <dt>{t('planner.rules_version')}</dt>
        <dd className="code">{first?.rules_version?.slice(0, 16) ?? ''}</dd>
      </dl>
      {notExamined.length > 0 && (
        <>
          <h3>{t('planner.not_examined')}</h3>
          <ul className="dotted">
            {notExamined.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: nothing in it takes the focus, and it scrolls on a phone */}
      <section className="table-scroll" tabIndex={0} aria-label={t('planner.version')}>
        <table className="planner-table">
          <caption className="visually-hidden">{t('planner.basis')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('planner.layer')}</th>
              <th scope="col">{t('planner.result')}</th>
              <th scope="col">{t('planner.version')}</th>
              <th scope="col" className="figure-cell">
                {t('planner.threshold')}
              </th>
            </tr>
          </thead>
          <tbody>
            {basis.map(({ layer, title, statuses, versions, threshold_m2 }) => (
              <tr key={layer}>
                <th scope="row">{title}</th>
                <td>
                  {statuses.map((status) => (
                    <span key={status} className={`tag tag-${status}`}>
                      {t(`status.${status}`)}
                    </span>
                  ))}
                </td>
                <td>
                  {versions.length === 0
                    ? t('status.no_data')
                    : versions.map((version) => (
                        <span key={version.id} className="version">
                          {version.label} · {day(version.in_force_from)}
                        </span>
                      ))}
                </td>
                <td className="figure-cell">{squareMetres(threshold_m2)} m²</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
