import { EMPTY_WORKSPACE, type Workspace } from './workspace.ts';

/** Counted up when what is kept changes its form: what an older page kept is then left alone. */
const FORM = 2;
const PREFIX = 'cunma.work.';
const key = (scope: string) => `${PREFIX}${FORM}.${scope}`;

/** What was entered before a reload in this tab; answers are not kept, they have addresses of their own. */
export function restore(scope: string): Workspace {
  try {
    const kept = window.sessionStorage.getItem(key(scope));
    if (kept === null) return EMPTY_WORKSPACE;
    return { ...EMPTY_WORKSPACE, ...(JSON.parse(kept) as Partial<Workspace>), outcomes: {} };
  } catch {
    return EMPTY_WORKSPACE;
  }
}

export function keep(scope: string, work: Workspace): void {
  try {
    window.sessionStorage.setItem(key(scope), JSON.stringify({ ...work, outcomes: {} }));
  } catch {
    // no storage, or a file too large for it: a reload then starts anew
  }
}

/** Whether there is something that somebody might not remember having entered. */
export const isBegun = ({ shapes, typed }: Workspace) => shapes.length > 0 || typed !== '';

/** Forgets what was entered on every page of this tab: others use the same phone. */
export function forgetAll(): void {
  try {
    for (const kept of Object.keys(window.sessionStorage)) {
      if (kept.startsWith(PREFIX)) window.sessionStorage.removeItem(kept);
    }
  } catch {
    // no storage, nothing kept
  }
}
