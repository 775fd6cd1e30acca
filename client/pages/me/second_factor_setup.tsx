import { type FormEvent, useEffect, useState } from 'react';
import type { SecondFactorSecret } from '../../../server/contract/index.ts';
import { beginSecondFactor, confirmSecondFactor } from '../../api/me.ts';
import { CodeField } from '../../staff/code_field.tsx';
import { CopyButton } from '../../staff/copy_button.tsx';
import { Refusal } from '../../staff/refusal.tsx';
import { useStaffText } from '../../staff/staff_text.ts';
import { useTask } from '../../staff/use_task.ts';

/** Four letters at a time, as one reads them off. */
const inFours = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ');

/** Scan or type the secret, then prove with a code that the authenticator has it. */
export function SecondFactorSetup(props: {
  onDone: (recovery_codes: readonly string[]) => void;
  onCancel: () => void;
}) {
  const { t } = useStaffText();
  const [made, setMade] = useState<SecondFactorSecret | null>(null);
  const [code, setCode] = useState('');
  const asked = useTask();
  const task = useTask();
  const { run } = asked;
  useEffect(() => {
    let gone = false;
    void run(async () => {
      const secret = await beginSecondFactor();
      if (!gone) setMade(secret);
    });
    return () => {
      gone = true;
    };
  }, [run]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (task.busy) return;
    await task.run(async () => props.onDone((await confirmSecondFactor(code)).recovery_codes));
  };
  if (made === null)
    return asked.failure === null ? (
      <div className="skeleton" role="status" aria-busy="true" aria-label={t('factor.making')} />
    ) : (
      <>
        <Refusal failure={asked.failure} />
        <button type="button" className="button" onClick={props.onCancel}>
          {t('me.cancel')}
        </button>
      </>
    );
  return (
    <form className="form" onSubmit={submit} data-testid="factor-setup">
      <ol className="steps">
        <li>{t('factor.step_app')}</li>
        <li>
          {t('factor.step_scan')}
          <img
            className="qr"
            alt={t('factor.qr')}
            src={`data:image/svg+xml;utf8,${encodeURIComponent(made.qr_svg)}`}
          />
          <details>
            <summary>{t('factor.by_hand')}</summary>
            <p>{t('factor.by_hand_text')}</p>
            <p className="secret" data-testid="factor-secret">
              {inFours(made.secret)}
            </p>
            <div className="row">
              <CopyButton text={made.secret} />
              <a className="button" href={made.uri}>
                {t('factor.open_app')}
              </a>
            </div>
          </details>
        </li>
        <li>{t('factor.step_code')}</li>
      </ol>
      <CodeField value={code} onValue={setCode} recovery={false} />
      <Refusal failure={task.failure} />
      <div className="row">
        <button type="submit" className="button primary" disabled={task.busy} data-testid="factor-confirm">
          {t('factor.confirm')}
        </button>
        <button type="button" className="button" onClick={props.onCancel}>
          {t('me.cancel')}
        </button>
      </div>
    </form>
  );
}
