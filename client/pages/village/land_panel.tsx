import type { Village } from '../../../server/contract/index.ts';
import { day, mu, squareMetres } from '../../text/format.ts';
import { useText } from '../../text/use_text.tsx';

/** The village's land by class, and what is protected of it. */
export function LandPanel(props: { village: Village; colours: ReadonlyMap<string, string> }) {
  const { t } = useText();
  const { village, colours } = props;
  const zones = village.layers.filter((layer) => layer.layer !== 'land_use');
  return (
    <>
      {village.area_m2 !== null && village.area_mu !== null && (
        <p className="big-figure">
          <small>{t('land.total')}</small>
          <b>{mu(village.area_mu)}</b> {t('unit.mu')}
          <span className="quiet">{squareMetres(village.area_m2)} m²</span>
        </p>
      )}
      {zones.length > 0 && (
        <section className="card">
          <h2>{t('land.zones')}</h2>
          <ul className="figures">
            {zones.map((zone) => (
              <li key={zone.layer}>
                <span className="figure-name">
                  {zone.title}
                  {zone.version !== null && (
                    <small>{`${zone.version.label} · ${day(zone.version.in_force_from)}`}</small>
                  )}
                </span>
                {zone.status === 'affected' ? (
                  <span className="figure">
                    {mu(zone.area_mu)} {t('unit.mu')}
                    <small>{squareMetres(zone.area_m2)} m²</small>
                  </span>
                ) : (
                  <span className={`tag tag-${zone.status}`}>
                    {t(zone.status === 'no_data' ? 'status.no_data' : 'land.none')}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {village.land.length > 0 && (
        <section className="card">
          <h2>{t('land.classes')}</h2>
          <table className="land-table" data-testid="land-table">
            <thead>
              <tr>
                <th scope="col">{t('land.class')}</th>
                <th scope="col">m²</th>
                <th scope="col">{t('unit.mu')}</th>
              </tr>
            </thead>
            <tbody>
              {village.land.map((each) => (
                <tr key={each.code}>
                  <th scope="row">
                    <span
                      className="swatch"
                      style={{ backgroundColor: colours.get(each.code) ?? '#d8d3c4' }}
                      aria-hidden="true"
                    />
                    {each.name}
                  </th>
                  <td>{squareMetres(each.area_m2)}</td>
                  <td>{mu(each.area_mu)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
