import { useText } from '../text/use_text.tsx';

/** Said wherever the land is not real. */
export function DemoNotice() {
  const { t } = useText();
  return (
    <p className="demo-notice" data-testid="demo-notice">
      {t('demo.notice')}
    </p>
  );
}
