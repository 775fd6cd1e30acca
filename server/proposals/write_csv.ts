import { BYTE_ORDER_MARK, csvLine } from '../audit/index.ts';
import { sumM2 } from './cents.ts';
import type { Proposal } from './run_proposal.ts';
import { conflictRows, crossBlocks, landRows, unansweredRows, villageNames } from './tables.ts';
import type { Words } from './words.ts';

type Line = Partial<Record<(typeof COLUMNS)[number], string | number | null>>;

const COLUMNS = [
  'table',
  'parcel',
  'layer',
  'class_code',
  'class',
  'zone_code',
  'zone',
  'village_code',
  'village',
  'slope',
  'ownership',
  'area_m2',
  'net_m2',
  'distance',
  'outcome',
  'status',
  'text',
] as const;

/** The proposal as one long table, UTF-8 with a byte order mark, a kind of row per `table`; no cell is a formula. */
export function writeCsv(proposal: Proposal, words: Words): string {
  const lines = linesOf(proposal, words);
  const head = csvLine(COLUMNS.map((column) => words.column(column)));
  const body = lines.map((line) =>
    csvLine(COLUMNS.map((column) => (line[column] === undefined ? null : String(line[column] ?? '')))),
  );
  return BYTE_ORDER_MARK + [head, ...body].join('');
}

function linesOf(proposal: Proposal, words: Words): Line[] {
  const { parcels, common } = proposal;
  const kind = (key: string) => words.say(`csv.${key}`);
  const villages = villageNames(proposal);
  const total = words.say('total');
  return [
    ...parcels.map(
      ({ name, answer }): Line => ({
        table: kind('parcel'),
        parcel: name,
        area_m2: answer.area_m2,
        outcome: words.outcome(answer.verdict?.outcome ?? null),
        text: answer.verdict?.headline ?? '',
      }),
    ),
    { table: kind('parcel'), parcel: total, area_m2: sumM2(parcels.map(({ answer }) => answer.area_m2)) },
    ...landRows(proposal).map(
      ({ code, name, area_m2, net_area_m2 }): Line => ({
        table: kind('land'),
        parcel: total,
        class_code: code,
        class: code === null ? words.say('outside_survey') : name,
        area_m2,
        net_m2: net_area_m2,
      }),
    ),
    ...conflictRows(proposal).map(
      ({ parcel, layer, outcome, hit }): Line => ({
        table: kind('conflict'),
        parcel,
        layer: layer.title,
        zone_code: hit?.code ?? null,
        zone: hit?.name ?? null,
        area_m2: hit?.area_m2 ?? null,
        outcome: words.outcome(outcome),
        status: words.status(layer.status),
        text: layer.rules?.[0]?.text ?? '',
      }),
    ),
    ...unansweredRows(proposal).map(
      ({ parcel, layer }): Line => ({
        table: kind('unanswered'),
        parcel,
        layer: layer.title,
        area_m2: layer.uncovered_m2,
        status: words.status(layer.status),
        text: layer.reason,
      }),
    ),
    ...parcels.flatMap(({ name, answer }) =>
      (answer.near_misses ?? []).map(
        (near): Line => ({
          table: kind('near'),
          parcel: name,
          layer: near.title,
          zone_code: near.code,
          zone: near.name,
          distance: near.distance_m,
        }),
      ),
    ),
    ...common.map(
      ({ a, b, area_m2 }): Line => ({
        table: kind('common'),
        parcel: parcels[a]!.name,
        text: parcels[b]!.name,
        area_m2: Number(area_m2.toFixed(2)),
      }),
    ),
    ...crossBlocks(proposal).flatMap(({ title, rows }) =>
      rows.map(
        (row): Line => ({
          table: kind('cross'),
          parcel: row.parcel,
          layer: title,
          class_code: row.class_code,
          class: row.class_name,
          zone_code: row.zone_code,
          zone: row.zone_name,
          village_code: row.village_code,
          village: row.village_code === null ? null : (villages.get(row.village_code) ?? null),
          slope: row.slope_class,
          ownership: row.ownership,
          area_m2: row.area_m2,
          net_m2: row.net_area_m2,
        }),
      ),
    ),
  ];
}
