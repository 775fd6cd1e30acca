import { useState } from 'react';
import { Icon } from '../components/icon.tsx';
import { useStaffText } from './staff_text.ts';

/** Copies a text, and says whether the browser let it. */
export function CopyButton(props: { text: string }) {
  const { t } = useStaffText();
  const [said, setSaid] = useState<'' | 'copied' | 'refused'>('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.text);
      setSaid('copied');
    } catch {
      // without https a browser gives no clipboard
      setSaid('refused');
    }
  };
  return (
    <>
      <button type="button" className="button" onClick={copy} data-testid="copy">
        <Icon name="copy" /> {t('copy.button')}
      </button>
      <p role="status" className="quiet copied">
        {said !== '' && t(`copy.${said}`)}
      </p>
    </>
  );
}
