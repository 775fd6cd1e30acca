import type { MultiPolygon, Polygon } from 'geojson';
import type { Activity, Datum, Details } from '../../server/contract/index.ts';
import { readAccuracy } from '../check/accuracy.ts';
import { withDetail } from '../check/activities.ts';
import type { WorkShape } from '../check/shapes.ts';
import { isAskable } from '../text/china_day.ts';

/** The server takes no more in one proposal. */
export const MOST_PARCELS = 200;

/** One parcel of a proposal. Its shape never changes: another shape is another parcel. */
export interface Parcel {
  id: string;
  name: string;
  /** lon/lat, on `datum` where that is said, else CGCS2000 */
  geometry: Polygon | MultiPolygon;
  datum: Datum | null;
  /** m²; null: not known yet */
  area_m2: number | null;
  /** computed by the server; else an estimate of the browser */
  official: boolean;
}

/** What a planner works on. */
export interface Proposal {
  title: string;
  parcels: Parcel[];
  /** YYYY-MM-DD; null: today */
  as_of: string | null;
  accuracy_m: number | null;
  /** what was typed for an accuracy and is none, as it was typed; null: nothing such */
  accuracy_wrong: string | null;
  activity: Activity | null;
  details: Details;
  /** counts parcels ever added, for their ids */
  added: number;
  /** the parcels before the last step that can be taken back */
  before: { parcels: Parcel[]; by: 'add' | 'remove' | 'clear'; n: number } | null;
}

export const EMPTY_PROPOSAL: Proposal = {
  title: '',
  parcels: [],
  as_of: null,
  accuracy_m: null,
  accuracy_wrong: null,
  activity: null,
  details: {},
  added: 0,
  before: null,
};

export type ProposalStep =
  | { do: 'add'; shapes: readonly WorkShape[]; unnamed: (n: number) => string; numbered: Numbered }
  | { do: 'rename'; id: string; name: string }
  | { do: 'measured'; id: string; area_m2: number }
  | { do: 'remove'; id: string }
  | { do: 'clear' }
  | { do: 'take_back' }
  | { do: 'set_title'; title: string }
  | { do: 'set_day'; as_of: string | null }
  | { do: 'set_accuracy'; typed: string }
  | { do: 'set_activity'; activity: Activity | null }
  | { do: 'set_detail'; detail: string; value: string | null }
  | { do: 'restore'; proposal: Proposal };

/** Whether a shape can be a parcel: it has an extent. */
export const isParcel = ({ checkable }: WorkShape): boolean =>
  checkable?.type === 'Polygon' || checkable?.type === 'MultiPolygon';

/** A name that is there already, with a number that tells the two apart. */
type Numbered = (name: string, n: number) => string;

/** `names` so that none is the same as another or as one of `taken`. */
export function toldApart(names: readonly string[], taken: readonly string[], numbered: Numbered): string[] {
  const used = new Set(taken);
  return names.map((name) => {
    let told = name;
    for (let n = 2; used.has(told); n += 1) told = numbered(name, n);
    used.add(told);
    return told;
  });
}

function parcelsOf(
  shapes: readonly WorkShape[],
  { added, parcels }: Pick<Proposal, 'added' | 'parcels'>,
  { unnamed, numbered }: { unnamed: (n: number) => string; numbered: Numbered },
): Parcel[] {
  const fitting = shapes.filter(isParcel);
  const names = toldApart(
    fitting.map(({ name }, i) => (name.trim() === '' ? unnamed(added + i + 1) : name.trim())),
    parcels.map(({ name }) => name),
    numbered,
  );
  return fitting.map((shape, i) => ({
    id: `p${added + i + 1}`,
    name: names[i]!,
    geometry: shape.checkable as Polygon | MultiPolygon,
    datum: shape.datum,
    area_m2: shape.area_m2,
    official: shape.official && shape.area_m2 !== null,
  }));
}

function accuracyOf(typed: string): Pick<Proposal, 'accuracy_m' | 'accuracy_wrong'> {
  const read = readAccuracy(typed);
  return read === 'wrong'
    ? { accuracy_m: null, accuracy_wrong: typed }
    : { accuracy_m: read, accuracy_wrong: null };
}

/** What must be put right before anything is computed. */
export function faultsOf(
  { as_of, accuracy_wrong }: Pick<Proposal, 'as_of' | 'accuracy_wrong'>,
  today: string,
): ('day' | 'accuracy')[] {
  return [
    ...(isAskable(as_of, today) ? [] : ['day' as const]),
    ...(accuracy_wrong === null ? [] : ['accuracy' as const]),
  ];
}

/** One step further. */
export function advance(proposal: Proposal, step: ProposalStep): Proposal {
  const { parcels } = proposal;
  const undoable = (next: Parcel[], by: 'add' | 'remove' | 'clear', n: number): Proposal => ({
    ...proposal,
    parcels: next,
    before: { parcels, by, n },
  });
  switch (step.do) {
    case 'add': {
      const room = MOST_PARCELS - parcels.length;
      const more = parcelsOf(step.shapes, proposal, step).slice(0, Math.max(room, 0));
      if (more.length === 0) return proposal;
      return { ...undoable([...parcels, ...more], 'add', more.length), added: proposal.added + more.length };
    }
    case 'rename':
      return { ...proposal, parcels: parcels.map((p) => (p.id === step.id ? { ...p, name: step.name } : p)) };
    case 'measured':
      return {
        ...proposal,
        parcels: parcels.map((p) => (p.id === step.id ? { ...p, area_m2: step.area_m2, official: true } : p)),
      };
    case 'remove':
      return undoable(
        parcels.filter(({ id }) => id !== step.id),
        'remove',
        1,
      );
    case 'clear':
      return undoable([], 'clear', parcels.length);
    case 'take_back':
      return proposal.before === null
        ? proposal
        : { ...proposal, parcels: proposal.before.parcels, before: null };
    case 'set_title':
      return { ...proposal, title: step.title };
    case 'set_day':
      return { ...proposal, as_of: step.as_of };
    case 'set_accuracy':
      return { ...proposal, ...accuracyOf(step.typed) };
    case 'set_activity':
      return { ...proposal, activity: step.activity, details: {} };
    case 'set_detail':
      return { ...proposal, details: withDetail(proposal.details, step.detail, step.value) };
    case 'restore':
      return step.proposal;
  }
}

/** What the answer of a parcel depends on besides its shape; what was typed wrongly asks for another answer than nothing. */
export const questionOf = (
  { as_of, accuracy_m, accuracy_wrong, activity, details }: Proposal,
  language: string,
  today: string,
): string => JSON.stringify([as_of ?? today, accuracy_wrong ?? accuracy_m, activity, details, language]);
