import { useState } from 'react';
import { Icon } from '../../components/icon.tsx';
import { CopyButton } from '../../staff/copy_button.tsx';
import { useStaffText } from '../../staff/staff_text.ts';

/** Shown this once: to be copied, printed or saved before going on. */
export function RecoveryCodes(props: { codes: readonly string[]; login: string; onKept: () => void }) {
  const { t } = useStaffText();
  const [kept, setKept] = useState(false);
  const text = `${t('codes.file_title', { login: props.login })}\n\n${props.codes.join('\n')}\n`;
  return (
    <div className="recovery print-alone" data-testid="recovery-codes">
      <p className="said warning" role="status">
        {t('codes.text')}
      </p>
      <p className="only-print">{t('codes.file_title', { login: props.login })}</p>
      <ul className="codes">
        {props.codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="row no-print">
        <CopyButton text={text} />
        <a
          className="button"
          download="cunma-recovery-codes.txt"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
        >
          <Icon name="download" /> {t('codes.download')}
        </a>
        <button type="button" className="button" onClick={() => window.print()}>
          <Icon name="print" /> {t('share.print')}
        </button>
      </div>
      <label className="tick no-print">
        <input
          type="checkbox"
          checked={kept}
          onChange={(event) => setKept(event.target.checked)}
          data-testid="codes-kept"
        />
        <span>{t('codes.kept')}</span>
      </label>
      <button
        type="button"
        className="button primary wide no-print"
        disabled={!kept}
        onClick={props.onKept}
        data-testid="codes-done"
      >
        {t('codes.done')}
      </button>
    </div>
  );
}
