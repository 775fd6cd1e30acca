import { useEffect, useId, useState } from 'react';
import { readSide } from '../draw/footprint.ts';
import { useText } from '../text/use_text.tsx';

/** One side of a footprint, m. What is typed stays as typed; only what the contract takes is passed on. */
export function SideField(props: {
  label: string;
  value: number;
  onValue(value: number): void;
  testId: string;
}) {
  const { t } = useText();
  const id = useId();
  const [text, setText] = useState(String(props.value));
  useEffect(() => {
    setText((before) => (readSide(before) === props.value ? before : String(props.value)));
  }, [props.value]);
  const wrong = readSide(text) === null;
  return (
    <div className="field side">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        inputMode="decimal"
        value={text}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        data-testid={props.testId}
        onChange={(event) => {
          setText(event.target.value);
          const side = readSide(event.target.value);
          if (side !== null) props.onValue(side);
        }}
      />
      {wrong && (
        <small id={`${id}-wrong`} className="wrong" role="alert">
          {t('footprint.side_wrong')}
        </small>
      )}
    </div>
  );
}
