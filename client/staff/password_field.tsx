import { type KeyboardEvent, useId, useState } from 'react';
import { useStaffText } from './staff_text.ts';

/** A password that can be shown while it is typed; says when Caps Lock is on. */
export function PasswordField(props: {
  label: string;
  value: string;
  onValue: (value: string) => void;
  autoComplete: 'current-password' | 'new-password';
  hint?: string;
  testId: string;
}) {
  const { t } = useStaffText();
  const id = useId();
  const [shown, setShown] = useState(false);
  const [caps, setCaps] = useState(false);
  const look = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'));
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <div className="with-button">
        <input
          id={id}
          data-testid={props.testId}
          type={shown ? 'text' : 'password'}
          autoComplete={props.autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={200}
          aria-describedby={`${id}-hint ${id}-caps`}
          value={props.value}
          onChange={(event) => props.onValue(event.target.value)}
          onKeyDown={look}
          onKeyUp={look}
        />
        <button
          type="button"
          aria-pressed={shown}
          aria-label={t('password.show', { label: props.label })}
          data-testid={`${props.testId}-show`}
          onClick={() => setShown(!shown)}
        >
          {t('password.show_word')}
        </button>
      </div>
      <p className="caps" role="status" id={`${id}-caps`}>
        {caps && t('password.caps')}
      </p>
      {props.hint !== undefined && (
        <p className="quiet" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
    </div>
  );
}
