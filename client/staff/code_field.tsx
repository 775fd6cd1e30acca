import { useEffect, useId, useRef, useState } from 'react';
import { useStaffText } from './staff_text.ts';

/** Six digits of the authenticator, or one of the recovery codes for whoever has lost it. */
export function CodeField(props: { value: string; onValue: (value: string) => void; recovery?: boolean }) {
  const { t } = useStaffText();
  const id = useId();
  const [recovery, setRecovery] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another kind of code is typed into the same place
  useEffect(() => input.current?.focus(), [recovery]);
  return (
    <div className="field">
      <label htmlFor={id}>{t(recovery ? 'code.recovery' : 'code.label')}</label>
      <input
        ref={input}
        id={id}
        key={recovery ? 'recovery' : 'code'}
        className="code-input"
        data-testid="code"
        type="text"
        inputMode={recovery ? 'text' : 'numeric'}
        autoComplete={recovery ? 'off' : 'one-time-code'}
        autoCapitalize="none"
        spellCheck={false}
        required
        minLength={6}
        maxLength={32}
        aria-describedby={`${id}-hint`}
        value={props.value}
        onChange={(event) => props.onValue(event.target.value)}
      />
      <p className="quiet" id={`${id}-hint`}>
        {t(recovery ? 'code.recovery_hint' : 'code.hint')}
      </p>
      {props.recovery !== false && (
        <button
          type="button"
          className="as-link"
          data-testid="code-other"
          onClick={() => {
            props.onValue('');
            setRecovery(!recovery);
          }}
        >
          {t(recovery ? 'code.use_app' : 'code.use_recovery')}
        </button>
      )}
    </div>
  );
}
