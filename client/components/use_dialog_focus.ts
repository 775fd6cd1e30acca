import { type RefObject, useEffect, useRef } from 'react';

const STOPS = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex="0"]';

/**
 * Keeps the focus inside a sheet or dialog while `open`: it goes in at once, Tab turns round at the ends, Escape calls
 * `onClose`, and where it came from gets it back.
 */
export function useDialogFocus<E extends HTMLElement>(
  open: boolean,
  onClose: () => void,
): RefObject<E | null> {
  const dialog = useRef<E>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const box = dialog.current;
    if (!open || box === null) return;
    const opener = document.activeElement;
    const stops = () => [...box.querySelectorAll<HTMLElement>(STOPS)];
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close.current();
      if (event.key !== 'Tab') return;
      const all = stops();
      const end = event.shiftKey ? all[0] : all.at(-1);
      if (document.activeElement !== end) return;
      event.preventDefault();
      (event.shiftKey ? all.at(-1) : all[0])?.focus();
    };
    box.addEventListener('keydown', onKeyDown);
    stops()[0]?.focus();
    return () => {
      box.removeEventListener('keydown', onKeyDown);
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, [open]);
  return dialog;
}
