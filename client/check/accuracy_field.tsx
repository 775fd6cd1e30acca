import { useText } from '../text/use_text.tsx';
import type { Bench } from './use_workspace.ts';

/** How exact the points of a file are; nothing where every shape has an extent or an accuracy of its own. */
export function AccuracyField(props: { bench: Bench }) {
  const { t } = useText();
  const { work, step } = props.bench;
  const asked = work.shapes.some((shape) => shape.checkable?.type === 'Point' && shape.accuracy_m === null);
  if (!asked) return null;
  return (
    <label className="field">
      <span>{t('check.accuracy')}</span>
      <input
        type="number"
        inputMode="decimal"
        min="0.1"
        max="1000"
        step="any"
        value={work.accuracy_m ?? ''}
        onChange={(event) => {
          const accuracy = event.target.valueAsNumber;
          step({ do: 'set_accuracy', accuracy_m: accuracy > 0 && accuracy <= 1000 ? accuracy : null });
        }}
      />
      <small>{t('check.accuracy_text')}</small>
    </label>
  );
}
