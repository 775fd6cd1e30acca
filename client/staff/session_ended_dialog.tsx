import { useEffect, useRef, useState } from 'react';
import type { Me } from '../../server/contract/index.ts';
import { onSessionEnded } from '../api/request.ts';
import { SignInAgain } from './sign_in_again.tsx';
import { useStaffText } from './staff_text.ts';

interface Pending {
  answer: Promise<boolean>;
  settle(again: boolean): void;
}

function pend(): Pending {
  let settle: (again: boolean) => void = () => undefined;
  const answer = new Promise<boolean>((resolve) => {
    settle = resolve;
  });
  return { answer, settle };
}

/**
 * Comes up when the server no longer knows the session: requests wait, the page below keeps what was typed, and once
 * the same person has signed in again they are repeated.
 */
export function SessionEndedDialog(props: { me: Me; onSignedIn: (me: Me) => void }) {
  const { t } = useStaffText();
  const [open, setOpen] = useState(false);
  const pending = useRef<Pending | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    onSessionEnded(() => {
      pending.current ??= pend();
      setOpen(true);
      return pending.current.answer;
    });
    return () => {
      onSessionEnded(null);
      pending.current?.settle(false);
    };
  }, []);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const settle = (again: boolean) => {
    setOpen(false);
    pending.current?.settle(again);
    pending.current = null;
  };
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby="session-ended"
      data-testid="session-ended"
      onCancel={(event) => {
        event.preventDefault();
        settle(false);
      }}
    >
      {open && (
        <>
          <h2 id="session-ended">{t('again.title')}</h2>
          <p>{t('again.text', { name: props.me.account.name })}</p>
          <SignInAgain
            me={props.me}
            onSignedIn={(me) => {
              props.onSignedIn(me);
              settle(true);
            }}
          />
          <button type="button" className="button wide-plain" onClick={() => settle(false)}>
            {t('again.later')}
          </button>
        </>
      )}
    </dialog>
  );
}
