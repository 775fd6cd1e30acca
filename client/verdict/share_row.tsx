import { useState } from 'react';
import { Icon } from '../components/icon.tsx';
import { Link } from '../components/link.tsx';
import { useText } from '../text/use_text.tsx';

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The address of an answer: to open, to copy, to print. */
export function ShareRow(props: { id: string; opened: boolean }) {
  const { t } = useText();
  const [copied, setCopied] = useState<boolean | null>(null);
  const path = `/checks/${props.id}`;
  const address = `${window.location.origin}${path}`;
  return (
    <section className="verdict-part share no-print">
      <h3>{t('share.title')}</h3>
      <p className="quiet">
        {t('share.text')} <Link href="/privacy">{t('foot.privacy')}</Link>
      </p>
      <p className="share-address" data-testid="verdict-address">
        {props.opened ? address : <Link href={path}>{address}</Link>}
      </p>
      <div className="row">
        <button
          type="button"
          className="button"
          onClick={async () => setCopied(await copy(address))}
          data-testid="copy-link"
        >
          <Icon name="link" /> {t('share.copy')}
        </button>
        <button type="button" className="button" onClick={() => window.print()}>
          <Icon name="print" /> {t('share.print')}
        </button>
      </div>
      <p role="status" className="quiet">
        {copied === null ? '' : copied ? t('share.copied') : t('share.not_copied')}
      </p>
    </section>
  );
}
