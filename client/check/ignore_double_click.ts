const WITHIN_MS = 600;
const NEAR_PX = 24;

/**
 * For a moment, a second click in the place of `first` reaches nothing: the page may have moved meanwhile, and what
 * lies there now is not what was meant.
 */
export function ignoreDoubleClick(first: { clientX: number; clientY: number; detail: number }): void {
  // a key has no place
  if (first.detail === 0) return;
  const stop = (event: MouseEvent) => {
    if (Math.hypot(event.clientX - first.clientX, event.clientY - first.clientY) > NEAR_PX) return;
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('click', stop, true);
  window.setTimeout(() => window.removeEventListener('click', stop, true), WITHIN_MS);
}
