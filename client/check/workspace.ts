import type {
  Activity,
  CheckAnswer,
  Datum,
  Details,
  ShapeGeometry,
  UploadAnswer,
} from '../../server/contract/index.ts';
import type { Failure } from '../api/request.ts';
import { EMPTY_FOOTPRINT, type FootprintDraft } from '../draw/footprint.ts';
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
  /** of the points of a file, m */
  accuracy_m: number | null;
  /** where typed coordinates in degrees come from; null: not said */
  datum: Datum | null;
  /** the same of a file: asked apart, for what holds of one need not hold of the other */
  file_datum: Datum | null;
  /** coordinates as typed, kept whatever comes of them */
  typed: string;
  footprint: FootprintDraft;
  outcomes: Record<string, Outcome>;
}

export const EMPTY_WORKSPACE: Workspace = {
  activity: null,
  details: {},
  shapes: [],
  selected: [],
  upload: null,
  accuracy_m: null,
  datum: null,
  file_datum: null,
  typed: '',
  footprint: EMPTY_FOOTPRINT,
  outcomes: {},
};

export type Step =
  | { do: 'choose_activity'; activity: Activity }
  | { do: 'choose_detail'; detail: string; value: string | null }
  | { do: 'put_shape'; shape: WorkShape }
  | { do: 'put_file'; name: string; answer: UploadAnswer; shapes: WorkShape[] }
  | { do: 'clear_shapes' }
  | { do: 'start_anew' }
  | { do: 'toggle'; id: string }
  | { do: 'set_accuracy'; accuracy_m: number | null }
  | { do: 'set_datum'; of: 'datum' | 'file_datum'; datum: Datum }
  | { do: 'type'; text: string }
  | { do: 'set_footprint'; change: Partial<FootprintDraft> }
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
    case 'put_shape':
      return replaceShapes(before, [step.shape], null);
    case 'put_file':
      return replaceShapes(before, step.shapes, { name: step.name, answer: step.answer });
    case 'clear_shapes':
      return replaceShapes(before, [], null);
    case 'start_anew':
      return EMPTY_WORKSPACE;
    case 'toggle': {
      const on = before.selected.includes(step.id);
      const selected = before.shapes
        .filter((shape) => (shape.id === step.id ? !on : before.selected.includes(shape.id)))
        .map((shape) => shape.id);
      return { ...before, selected };
    }
    case 'set_accuracy':
      return { ...before, accuracy_m: step.accuracy_m, outcomes: {} };
    case 'set_datum':
      return { ...before, [step.of]: step.datum };
    case 'type':
      return { ...before, typed: step.text };
    case 'set_footprint':
      return { ...before, footprint: { ...before.footprint, ...step.change } };
    case 'told':
      if (!before.shapes.some((shape) => shape.id === step.id)) return before;
      return { ...before, outcomes: { ...before.outcomes, [step.id]: step.outcome } };
  }
}

const PREPARING: ReadonlySet<Step['do']> = new Set(['told', 'toggle', 'set_datum', 'type', 'set_footprint']);

/** Whether a step leaves the question as it was asked: answers on their way still answer it. */
export const keepsQuestion = (step: Step) => PREPARING.has(step.do);

/** What is still missing before something can be checked. */
export function missing(work: Workspace): 'activity' | 'shape' | 'selection' | null {
  if (work.activity === null) return 'activity';
  if (work.shapes.length === 0) return 'shape';
  if (work.selected.length === 0) return 'selection';
  return null;
}

/** What is said of one shape in a check. */
export interface Asked {
  id: string;
  geometry: ShapeGeometry;
  accuracy_m?: number;
  datum?: Datum;
}

/** The selected shapes as they go to the server; the accuracy asked for is that of points without one of their own. */
export function toCheck(work: Workspace): Asked[] {
  return work.shapes.flatMap((shape) => {
    if (shape.checkable === null || !work.selected.includes(shape.id)) return [];
    const asked: Asked = { id: shape.id, geometry: shape.checkable };
    const accuracy = shape.accuracy_m ?? (shape.checkable.type === 'Point' ? work.accuracy_m : null);
    if (accuracy !== null) asked.accuracy_m = accuracy;
    if (shape.datum !== null) asked.datum = shape.datum;
    return [asked];
  });
}
