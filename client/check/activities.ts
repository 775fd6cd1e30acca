import type { Activity, Details } from '../../server/contract/index.ts';

/** The contract's activities in the order of the buttons; written out, since importing the schema brings zod along. */
export const ACTIVITIES = [
  'house',
  'shed',
  'facility',
  'pond',
  'trees',
  'temporary',
  'excavate',
  'grave',
  'other',
] as const satisfies readonly Activity[];

/** What refines an activity where the law differs. */
export const DETAILS = {
  facility: ['crop', 'livestock', 'aquaculture'],
  trees: ['fruit', 'seedlings', 'turf'],
  house: ['old_plot', 'new_plot', 'rebuild'],
} as const satisfies { [K in keyof Details]-?: readonly NonNullable<Details[K]>[] };

export type Detailed = keyof typeof DETAILS;
export type DetailValue = (typeof DETAILS)[Detailed][number];

export const isDetailed = (activity: Activity): activity is Detailed => activity in DETAILS;

/** The details of a request with one answer set, or taken back (null). Values that the contract lacks are left out. */
export function withDetail(details: Details, detail: string, value: string | null): Details {
  if (!(detail in DETAILS)) return details;
  const kept: Record<string, string | undefined> = Object.fromEntries(
    Object.entries(details).filter(([key]) => key !== detail),
  );
  const allowed: readonly string[] = DETAILS[detail as Detailed];
  if (value !== null && allowed.includes(value)) kept[detail] = value;
  return kept as Details;
}
