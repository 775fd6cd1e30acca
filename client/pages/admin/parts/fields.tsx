import { type ReactNode, useId } from 'react';

/** A text field with its label, a hint, and what is wrong with it. */
export function TextField(props: {
  label: string;
  value: string;
  onChange(value: string): void;
  hint?: string;
  fault?: string | null;
  type?: 'text' | 'search' | 'date' | 'datetime-local';
  required?: boolean;
  maxLength?: number;
  /** nothing that a phone should correct or capitalise */
  plain?: boolean;
  testId?: string;
}) {
  const id = useId();
  const { hint, fault = null } = props;
  const described = [hint === undefined ? '' : `${id}-hint`, fault === null ? '' : `${id}-fault`]
    .filter((each) => each !== '')
    .join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        type={props.type ?? 'text'}
        value={props.value}
        required={props.required ?? false}
        aria-invalid={fault !== null}
        {...(described === '' ? {} : { 'aria-describedby': described })}
        {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
        {...(props.plain ? { autoCapitalize: 'none', autoComplete: 'off', spellCheck: false } : {})}
        data-testid={props.testId}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {hint !== undefined && (
        <p className="quiet" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault !== null && (
        <p className="fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}

export interface Option<V extends string> {
  value: V;
  title: string;
}

/** One of a few values; `any`: the text for none of them. */
export function ChoiceField<V extends string>(props: {
  label: string;
  value: V | '';
  options: readonly Option<V>[];
  any?: string;
  onChange(value: V | ''): void;
  testId?: string;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        value={props.value}
        data-testid={props.testId}
        onChange={(event) => props.onChange(event.target.value as V | '')}
      >
        {props.any !== undefined && <option value="">{props.any}</option>}
        {props.options.map(({ value, title }) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Names a group of controls for eyes and ears. */
export function Group(props: { title: string; children: ReactNode }) {
  return (
    <fieldset className="group">
      <legend>{props.title}</legend>
      {props.children}
    </fieldset>
  );
}
