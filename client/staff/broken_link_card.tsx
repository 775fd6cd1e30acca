import { Icon } from '../components/icon.tsx';
import { useStaffText } from './staff_text.ts';

/** A one-time link that was copied only in part. */
export function BrokenLinkCard() {
  const { t } = useStaffText();
  return (
    <div className="card" role="alert" data-testid="broken-link">
      <p className="failure-title">
        <Icon name="warning" /> {t('link.broken')}
      </p>
      <p>{t('link.broken_text')}</p>
    </div>
  );
}
