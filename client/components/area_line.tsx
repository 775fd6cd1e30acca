import { mu, roughSquareMetres, squareMetres, toMu } from '../text/format.ts';
import { useText } from '../text/use_text.tsx';

/** An area in m² and mu; an estimate says that it is one. */
export function AreaLine(props: { area_m2: number; area_mu?: number; official: boolean }) {
  const { t } = useText();
  const metres = props.official ? squareMetres(props.area_m2) : roughSquareMetres(props.area_m2);
  return (
    <span className="area">
      <span>
        <b>{metres}</b> m²
      </span>
      <span aria-hidden="true">·</span>
      <span>
        <b>{mu(props.area_mu ?? toMu(props.area_m2))}</b> {t('unit.mu')}
      </span>
      {!props.official && <span className="tag">{t('check.estimate')}</span>}
    </span>
  );
}
