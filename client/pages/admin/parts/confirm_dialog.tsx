import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Refusal } from '../../../staff/refusal.tsx';
import { useTask } from '../../../staff/use_task.ts';
import { useAdminText } from '../admin_text.ts';
import { TextField } from './fields.tsx';

/**
 * Asks before something that cannot be taken back; `typed`: the word that must be typed, for what loses something.
 * Stays open and says why when it did not work.
 */
export function ConfirmDialog(props: {
  title: string;
  children: ReactNode;
  action: string;
  typed?: string;
  onConfirm(): Promise<void>;
  onClose(): void;
}) {
  const { t } = useAdminText();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState('');
  const task = useTask();
  const ready = props.typed === undefined || typed.trim() === props.typed;
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  const confirm = async () => {
    if (await task.run(props.onConfirm)) props.onClose();
  };
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      data-testid="confirm"
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
    >
      <h2 id={`${id}-title`}>{props.title}</h2>
      <div id={`${id}-text`}>{props.children}</div>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !task.busy) void confirm();
        }}
      >
        {props.typed !== undefined && (
          <TextField
            label={t('confirm.type', { word: props.typed })}
            value={typed}
            onChange={setTyped}
            testId="confirm-typed"
            plain
          />
        )}
        <Refusal failure={task.failure} />
        <div className="row">
          <button type="button" className="button" onClick={props.onClose} data-testid="confirm-no">
            {t('admin.cancel')}
          </button>
          <button
            type="submit"
            className="button danger"
            disabled={!ready || task.busy}
            data-testid="confirm-yes"
          >
            {task.busy ? t('admin.working') : props.action}
          </button>
        </div>
      </form>
    </dialog>
  );
}
