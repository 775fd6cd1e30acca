import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { Details } from '../../server/contract/index.ts';
import { postCheck } from '../api/checks.ts';
import { failureOf } from '../api/use_resource.ts';
import { withDetail } from './activities.ts';
import { isBegun, keep, restore } from './storage.ts';
import { advance, keepsQuestion, type Step, toCheck, type Workspace } from './workspace.ts';

export interface Bench {
  work: Workspace;
  /** what stands there was entered before this page was opened */
  restored: boolean;
  step(step: Step): void;
  /** asks the server about every selected shape, one after the other */
  check(): Promise<void>;
  /** the same with one question answered */
  answer(detail: string, value: string): Promise<void>;
}

const KEEP_MS = 200;

/** Keeps the work table for a reload: soon after the last of many changes, and at once when the page is left. */
function useKept(scope: string, work: Workspace): void {
  useEffect(() => {
    const save = () => keep(scope, work);
    const timer = window.setTimeout(save, KEEP_MS);
    window.addEventListener('pagehide', save);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener('pagehide', save);
    };
  }, [scope, work]);
  const latest = useRef(work);
  latest.current = work;
  useEffect(() => () => keep(scope, latest.current), [scope]);
}

/** The work table of one page; `scope` tells apart what is kept for each. */
export function useWorkspace(scope: string): Bench {
  const [work, step] = useReducer(advance, scope, restore);
  const [restored, setRestored] = useState(() => isBegun(work));
  const run = useRef(0);
  useKept(scope, work);

  const checkWith = useCallback(
    async (details: Details) => {
      const { activity } = work;
      if (activity === null) return;
      run.current += 1;
      const mine = run.current;
      const shapes = toCheck(work);
      for (const { id } of shapes) step({ do: 'told', id, outcome: { state: 'checking' } });
      for (const { id, ...asked } of shapes) {
        try {
          const answer = await postCheck({ ...asked, activity, details });
          if (run.current !== mine) return;
          step({ do: 'told', id, outcome: { state: 'answered', answer } });
        } catch (thrown) {
          if (run.current !== mine) return;
          step({ do: 'told', id, outcome: { state: 'refused', failure: failureOf(thrown) } });
        }
      }
    },
    [work],
  );
  const answer = (detail: string, value: string) => {
    step({ do: 'choose_detail', detail, value });
    return checkWith(withDetail(work.details, detail, value));
  };
  const stepAnew = useCallback((next: Step) => {
    if (!keepsQuestion(next)) run.current += 1;
    setRestored(false);
    step(next);
  }, []);
  return { work, restored, step: stepAnew, check: () => checkWith(work.details), answer };
}
