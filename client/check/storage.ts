import { EMPTY_WORKSPACE, type Workspace } from './workspace.ts';

/** Counted up when what is kept changes its form: what an older page kept is then left alone. */
const FORM = 2;
const key = (scope: string) => `cunma.work.${FORM}.${scope}`;

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
