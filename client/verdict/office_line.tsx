import { Icon } from '../components/icon.tsx';
import { useText } from '../text/use_text.tsx';

/** Whom to ask, with a number that a tap dials. */
export function OfficeLine(props: { name: string; phone: string }) {
  const { t } = useText();
  return (
    <p className="office">
      <span>{props.name}</span>
      {props.phone === '' ? (
        <span className="quiet">{t('office.no_phone')}</span>
      ) : (
        <a className="button" href={`tel:${props.phone.replace(/[^+\d,;]/g, '')}`} data-testid="phone">
          <Icon name="phone" /> {props.phone}
        </a>
      )}
    </p>
  );
}
