import type {
  Activity,
  CheckAnswer,
  Details,
  ShapeGeometry,
  UploadAnswer,
} from '../../server/contract/index.ts';
import type { Failure } from '../api/request.ts';
import { withDetail } from './activities.ts';
import type { WorkShape } from './shapes.ts';

export type Outcome =
  | { state: 'checking' }
  | { state: 'answered'; answer: CheckAnswer }
  | { state: 'refused'; failure: Failure };

/** What somebody is about to ask, and what came of it. */
export interface Workspace {
  activity: Activity | null;
  details: Details;
  shapes: WorkShape[];
  /** ids of the shapes to check */
  selected: string[];
  upload: { name: string; answer: UploadAnswer } | null;
  accuracy_m: number | null;
  outcomes: Record<string, Outcome>;
}

export const EMPTY_WORKSPACE: Workspace = {
  activity: null,
  details: {},
  shapes: [],
  selected: [],
  upload: null,
  accuracy_m: null,
  outcomes: {},
};

export type Step =
  | { do: 'choose_activity'; activity: Activity }
  | { do: 'choose_detail'; detail: string; value: string | null }
  | { do: 'put_drawn'; shape: WorkShape }
  | { do: 'put_file'; name: string; answer: UploadAnswer; shapes: WorkShape[] }
  | { do: 'clear_shapes' }
  | { do: 'toggle'; id: string }
  | { do: 'set_accuracy'; accuracy_m: number | null }
  | { do: 'told'; id: string; outcome: Outcome };

function replaceShapes(before: Workspace, shapes: WorkShape[], upload: Workspace['upload']): Workspace {
  const selected = shapes.filter((shape) => shape.checkable !== null).map((shape) => shape.id);
  return { ...before, shapes, selected, upload, outcomes: {} };
}

/** One step further. A change of the question takes its old answers away: they would answer something else. */
export function advance(before: Workspace, step: Step): Workspace {
  switch (step.do) {
    case 'choose_activity':
      return { ...before, activity: step.activity, outcomes: {} };
    case 'choose_detail':
      return { ...before, details: withDetail(before.details, step.detail, step.value), outcomes: {} };
    case 'put_drawn':
      return replaceShapes(before, [step.shape], null);
    case 'put_file':
      return replaceShapes(before, step.shapes, { name: step.name, answer: step.answer });
    case 'clear_shapes':
      return replaceShapes(before, [], null);
    case 'toggle': {
      const on = before.selected.includes(step.id);
      const selected = before.shapes
        .filter((shape) => (shape.id === step.id ? !on : before.selected.includes(shape.id)))
        .map((shape) => shape.id);
      return { ...before, selected };
    }
    case 'set_accuracy':
      return { ...before, accuracy_m: step.accuracy_m, outcomes: {} };
    case 'told':
      if (!before.shapes.some((shape) => shape.id === step.id)) return before;
      return { ...before, outcomes: { ...before.outcomes, [step.id]: step.outcome } };
  }
}

/** What is still missing before something can be checked. */
export function missing(work: Workspace): 'activity' | 'shape' | 'selection' | null {
  if (work.activity === null) return 'activity';
  if (work.shapes.length === 0) return 'shape';
  if (work.selected.length === 0) return 'selection';
  return null;
}

/** The selected shapes with the geometry that goes to the server. */
export function toCheck(work: Workspace): { id: string; geometry: ShapeGeometry }[] {
  return work.shapes.flatMap((shape) =>
    shape.checkable !== null && work.selected.includes(shape.id)
      ? [{ id: shape.id, geometry: shape.checkable }]
      : [],
  );
}
