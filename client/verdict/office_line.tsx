import { Icon } from '../components/icon.tsx';
import { useText } from '../text/use_text.tsx';

/** Whom to ask, with a number that a tap dials. */
export function OfficeLine(props: {
  office: { name: string; phone: string; phone_verified?: boolean | undefined };
}) {
  const { t } = useText();
  const { name, phone, phone_verified } = props.office;
  return (
    <p className="office">
      <span>
        {name}
        {phone !== '' && phone_verified === false && <small>{t('office.unverified')}</small>}
      </span>
      {phone === '' ? (
        <span className="quiet">{t('office.no_phone')}</span>
      ) : (
        <a className="button" href={`tel:${phone.replace(/[^+\d,;]/g, '')}`} data-testid="phone">
          <Icon name="phone" /> {phone}
        </a>
      )}
    </p>
  );
}
