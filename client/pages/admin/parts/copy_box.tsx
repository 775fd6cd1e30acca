import { useId } from 'react';
import { CopyButton } from '../../../staff/copy_button.tsx';

/** A secret or an address that is to be taken elsewhere: selectable, with a button that copies it. */
export function CopyBox(props: { label: string; value: string; testId?: string }) {
  const id = useId();
  return (
    <div className="field copy-box">
      <label htmlFor={id}>{props.label}</label>
      <textarea
        id={id}
        readOnly
        rows={4}
        value={props.value}
        onFocus={(event) => event.target.select()}
        data-testid={props.testId}
      />
      <div className="row">
        <CopyButton text={props.value} />
      </div>
    </div>
  );
}
