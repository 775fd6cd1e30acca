import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { Details } from '../../server/contract/index.ts';
import { postCheck } from '../api/checks.ts';
import { failureOf } from '../api/use_resource.ts';
import { withDetail } from './activities.ts';
import { keep, restore } from './storage.ts';
import { advance, type Step, toCheck, type Workspace } from './workspace.ts';

export interface Bench {
  work: Workspace;
  step(step: Step): void;
  /** asks the server about every selected shape, one after the other */
  check(): Promise<void>;
  /** the same with one question answered */
  answer(detail: string, value: string): Promise<void>;
}

/** The work table of one page; `scope` tells apart what is kept for each. */
export function useWorkspace(scope: string): Bench {
  const [work, step] = useReducer(advance, scope, restore);
  const run = useRef(0);
  useEffect(() => keep(scope, work), [scope, work]);

  const checkWith = useCallback(
    async (details: Details) => {
      const { activity, accuracy_m } = work;
      if (activity === null) return;
      run.current += 1;
      const mine = run.current;
      const shapes = toCheck(work);
      for (const { id } of shapes) step({ do: 'told', id, outcome: { state: 'checking' } });
      for (const { id, geometry } of shapes) {
        try {
          const answer = await postCheck({
            geometry,
            activity,
            details,
            ...(geometry.type === 'Point' && accuracy_m !== null ? { accuracy_m } : {}),
          });
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
    if (next.do !== 'told' && next.do !== 'toggle') run.current += 1;
    step(next);
  }, []);
  return { work, step: stepAnew, check: () => checkWith(work.details), answer };
}
