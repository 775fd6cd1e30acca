import { useEffect, useRef } from 'react';
import type { PasswordLink } from '../../../../server/contract/index.ts';
import { moment } from '../../../text/format.ts';
import { useAdminText } from '../admin_text.ts';
import { CopyBox } from '../parts/copy_box.tsx';
import { QrCode } from '../parts/qr_code.tsx';

/** The one-time link to set a password: to be copied or scanned now, it is not shown again. */
export function LinkOnce(props: { link: PasswordLink; name: string; login: string; onDone(): void }) {
  const { t, language } = useAdminText();
  const { link, name, login } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="card once" data-testid="link-once">
      <h2 ref={heading} tabIndex={-1}>
        {t('link.title', { name })}
      </h2>
      <p>{t('link.text', { login, until: moment(link.expires_at, language) })}</p>
      <div className="once-parts">
        <CopyBox label={t('link.label')} value={link.url} testId="password-link" />
        <figure>
          <QrCode text={link.url} label={t('link.qr', { name })} />
          <figcaption className="quiet">{t('link.qr_text')}</figcaption>
        </figure>
      </div>
      <button type="button" className="button primary" onClick={props.onDone} data-testid="link-done">
        {t('link.done')}
      </button>
    </section>
  );
}
