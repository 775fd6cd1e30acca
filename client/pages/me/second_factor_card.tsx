import { type FormEvent, useState } from 'react';
import type { Me } from '../../../server/contract/index.ts';
import { endSecondFactor } from '../../api/me.ts';
import { Icon } from '../../components/icon.tsx';
import { CodeField } from '../../staff/code_field.tsx';
import { Refusal } from '../../staff/refusal.tsx';
import { useSession } from '../../staff/session.tsx';
import { useStaffText } from '../../staff/staff_text.ts';
import { useTask } from '../../staff/use_task.ts';
import { RecoveryCodes } from './recovery_codes.tsx';
import { SecondFactorSetup } from './second_factor_setup.tsx';

const FEW = 3;

/** A second step at sign-in: off, being set up, its recovery codes shown once, on, being turned off. */
export function SecondFactorCard({ me }: { me: Me }) {
  const { t } = useStaffText();
  const { refresh } = useSession();
  const { enabled, recovery_codes_left } = me.second_factor;
  const [state, setState] = useState<'rest' | 'setting_up' | 'turning_off'>('rest');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const rest = () => setState('rest');

  return (
    <section className="card" aria-labelledby="second-factor" data-testid="second-factor-card">
      <h2 id="second-factor">{t('factor.title')}</h2>
      {codes !== null ? (
        <RecoveryCodes codes={codes} login={me.account.login} onKept={() => setCodes(null)} />
      ) : (
        <>
          <p className={enabled ? 'factor-on' : ''} data-testid="factor-state">
            <Icon name={enabled ? 'shield' : 'unknown'} /> {t(enabled ? 'factor.on' : 'factor.off')}
          </p>
          {enabled ? (
            <p className={recovery_codes_left < FEW ? 'said warning' : 'quiet'}>
              {t(recovery_codes_left < FEW ? 'factor.few_left' : 'factor.left', { n: recovery_codes_left })}
            </p>
          ) : (
            <p>{t('factor.why')}</p>
          )}
          {state === 'rest' && !enabled && (
            <button
              type="button"
              className="button primary"
              onClick={() => setState('setting_up')}
              data-testid="factor-begin"
            >
              {t('factor.begin')}
            </button>
          )}
          {state === 'rest' && enabled && (
            <button
              type="button"
              className="button"
              onClick={() => setState('turning_off')}
              data-testid="factor-off"
            >
              {t('factor.turn_off')}
            </button>
          )}
          {state === 'setting_up' && (
            <SecondFactorSetup
              onDone={(made) => {
                setCodes(made);
                rest();
                void refresh();
              }}
              onCancel={rest}
            />
          )}
          {state === 'turning_off' && <TurnOff onDone={rest} />}
        </>
      )}
    </section>
  );
}

function TurnOff(props: { onDone: () => void }) {
  const { t } = useStaffText();
  const { refresh } = useSession();
  const [code, setCode] = useState('');
  const task = useTask();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (task.busy) return;
    if (!(await task.run(() => endSecondFactor(code)))) return;
    await refresh();
    props.onDone();
  };
  return (
    <form className="form" onSubmit={submit}>
      <p>{t('factor.turn_off_text')}</p>
      <CodeField value={code} onValue={setCode} />
      <Refusal failure={task.failure} />
      <div className="row">
        <button type="submit" className="button danger" disabled={task.busy} data-testid="factor-off-yes">
          {t('factor.turn_off')}
        </button>
        <button type="button" className="button" onClick={props.onDone}>
          {t('me.cancel')}
        </button>
      </div>
    </form>
  );
}
