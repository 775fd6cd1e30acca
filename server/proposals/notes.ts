import type { Details, OverlayVerdict } from '../contract/index.ts';
import { messageText } from '../messages/index.ts';
import type { RuleBook } from '../rules/index.ts';
import { VERSION } from '../version.ts';
import { zoneOf } from './points.ts';
import type { Table } from './rows.ts';
import type { Proposal } from './run_proposal.ts';
import type { Words } from './words.ts';

/** The clock of whoever reads it, beside the day that was asked for. */
const CHINA_TIME = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** What was asked, of what, and what the figures mean. */
export function noteRows(
  proposal: Proposal,
  words: Words,
  rules: RuleBook,
  madeAt: Date,
): [string, string | number][] {
  const { parcels, as_of, accuracy_m } = proposal;
  const note = (key: string, params = {}) => words.say(`notes.${key}`, params);
  const first = parcels[0]!.answer;
  const demonstration = parcels.some(({ answer }) =>
    answer.layers.some(({ version }) => version.some((each) => each.demonstration)),
  );
  const { verdict } = first;
  return [
    ...(demonstration
      ? [[note('demonstration'), messageText('answers.demonstration')[words.language]] as [string, string]]
      : []),
    [note('as_of'), as_of],
    [note('parcels'), parcels.length],
    [note('activity'), verdict === undefined ? note('no_activity') : activityOf(verdict, words, rules)],
    [note('accuracy'), accuracy_m ?? note('no_accuracy')],
    [note('crs'), note('crs_text', { zone: zoneOf(proposal).epsg })],
    [note('rounding'), note('rounding_text')],
    [note('meaning'), note('meaning_text')],
    ...(verdict?.not_examined ?? []).map((text): [string, string] => [note('not_examined'), text]),
    [note('rules'), first.rules_version ?? ''],
    [note('made_at'), `${CHINA_TIME.format(madeAt)} UTC+8`],
    [note('server'), `Cunma 村码 ${VERSION}`],
  ];
}

function activityOf({ activity, details }: OverlayVerdict, { language }: Words, rules: RuleBook): string {
  const about = rules.activities.get(activity)!;
  const name = about.title[language];
  const detail = Object.values(details)[0];
  const option =
    detail === undefined ? undefined : about.questions[activity as keyof Details]?.options[detail];
  return option === undefined ? name : `${name} · ${option[language]}`;
}

/** What every layer answered for every parcel, with the version that was asked and what counts on it. */
export function answerTable({ parcels }: Proposal, words: Words): Table {
  return {
    columns: [
      { title: words.column('parcel'), width: 30 },
      { title: words.column('layer'), width: 40 },
      { title: words.column('status'), width: 14 },
      { title: words.column('reason'), width: 30 },
      { title: words.column('area_m2'), width: 16, decimals: 2 },
      { title: words.column('below'), width: 16, decimals: 4 },
      { title: words.column('uncovered'), width: 16, decimals: 2 },
      { title: words.column('threshold'), width: 16, decimals: 2 },
      { title: words.column('version'), width: 34 },
    ],
    rows: parcels.flatMap(({ name, answer }) =>
      answer.layers.map((layer) => [
        name,
        layer.title,
        words.status(layer.status),
        layer.reason ?? '',
        layer.area_m2,
        layer.below_threshold_m2,
        layer.uncovered_m2,
        layer.threshold_m2,
        layer.version
          .map(({ label, source, in_force_from }) => `${label} ${in_force_from.slice(0, 10)} ${source}`)
          .join('\n'),
      ]),
    ),
  };
}

/** What no parcel meets but one comes close to. */
export function nearTable({ parcels }: Proposal, words: Words): Table {
  return {
    columns: [
      { title: words.column('parcel'), width: 30 },
      { title: words.column('layer'), width: 40 },
      { title: words.column('zone'), width: 14 },
      { title: words.column('distance'), width: 14, decimals: 2 },
    ],
    rows: parcels.flatMap(({ name, answer }) =>
      (answer.near_misses ?? []).map(({ title, name: zone, distance_m }) => [name, title, zone, distance_m]),
    ),
  };
}
