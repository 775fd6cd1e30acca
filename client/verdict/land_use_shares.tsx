import type { LandUseShare } from '../../server/contract/index.ts';
import { mu, percent, squareMetres } from '../text/format.ts';
import { useText } from '../text/use_text.tsx';

/** What the shape is today, by land class: a bar and its figures. */
export function LandUseShares(props: {
  shares: LandUseShare[];
  colours: ReadonlyMap<string, string>;
  uncovered_m2: number;
}) {
  const { t } = useText();
  return (
    <>
      <div className="share-bar" aria-hidden="true">
        {props.shares.map((share) => (
          <span
            key={share.code}
            style={{
              width: `${share.share * 100}%`,
              backgroundColor: props.colours.get(share.code) ?? '#d8d3c4',
            }}
          />
        ))}
      </div>
      <ul className="figures">
        {props.shares.map((share) => (
          <li key={share.code}>
            <span
              className="swatch"
              style={{ backgroundColor: props.colours.get(share.code) ?? '#d8d3c4' }}
              aria-hidden="true"
            />
            <span className="figure-name">{share.name}</span>
            <span className="figure">
              {squareMetres(share.area_m2)} m²
              <small>
                {mu(share.area_mu)} {t('unit.mu')} · {percent(share.share)}
              </small>
            </span>
          </li>
        ))}
      </ul>
      {props.uncovered_m2 > 0 && (
        <p className="quiet">{t('layer.uncovered', { area: squareMetres(props.uncovered_m2) })}</p>
      )}
    </>
  );
}
