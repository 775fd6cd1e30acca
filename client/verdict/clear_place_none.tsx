import { useText } from '../text/use_text.tsx';

/** Why there is no place to show, and what else can be done. */
export function ClearPlaceNone(props: {
  reason: string;
  decided: boolean;
  farther: boolean;
  turned: boolean;
}) {
  const { t } = useText();
  return (
    <>
      <p className="clear-place-way" data-testid="clear-place-none">
        {t(props.decided ? 'clear_place.none' : 'clear_place.undecided')}
      </p>
      <p>{props.reason}</p>
      <p>{t('clear_place.else')}</p>
      <ul className="plain-list">
        {props.farther && <li>{t('clear_place.else_farther')}</li>}
        {!props.turned && <li>{t('clear_place.else_turn')}</li>}
        <li>{t('clear_place.else_smaller')}</li>
        <li>{t('clear_place.else_elsewhere')}</li>
        <li>{t('clear_place.else_ask')}</li>
      </ul>
    </>
  );
}
