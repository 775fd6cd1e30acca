import { inOtherUnits } from './cents.ts';
import type { Proposal } from './run_proposal.ts';
import type { SheetCell, SheetColumn } from './sheet_table.ts';
import { type ConflictRow, type CrossBlock, conflictRows, landRows, villageNames } from './tables.ts';
import type { Words } from './words.ts';

export interface Table {
  columns: SheetColumn[];
  rows: SheetCell[][];
}

const text = (title: string, width: number): SheetColumn => ({ title, width });
const figure = (title: string, decimals: number, summed = true, width = 16): SheetColumn => ({
  title,
  width,
  decimals,
  summed,
});

export function parcelTable(proposal: Proposal, words: Words): Table {
  const { parcels } = proposal;
  const { mu, ha } = inOtherUnits(parcels.map(({ answer }) => answer.area_m2));
  return {
    columns: [
      text(words.column('number'), 8),
      text(words.column('parcel'), 24),
      figure(words.column('area_m2'), 2),
      figure(words.column('area_ha'), 4),
      figure(words.column('area_mu'), 2),
      text(words.column('outcome'), 16),
      text(words.column('headline'), 56),
      text(words.column('unanswered'), 30),
    ],
    rows: parcels.map(({ name, answer }, i) => [
      String(i + 1),
      name,
      answer.area_m2,
      ha[i]!,
      mu[i]!,
      words.outcome(answer.verdict?.outcome ?? null),
      answer.verdict?.headline ?? '',
      answer.layers
        .filter(({ status }) => status === 'no_data' || status === 'failed')
        .map(({ title, status }) => `${title} ${words.status(status)}`)
        .join('\n'),
    ]),
  };
}

export function landTable(proposal: Proposal, words: Words): Table {
  const rows = landRows(proposal);
  const gross = inOtherUnits(rows.map(({ area_m2 }) => area_m2));
  const net = inOtherUnits(rows.map(({ net_area_m2 }) => net_area_m2));
  return {
    columns: [
      text(words.column('class_code'), 12),
      text(words.column('class'), 22),
      figure(words.column('area_m2'), 2),
      figure(words.column('area_ha'), 4),
      figure(words.column('area_mu'), 2),
      figure(words.column('net_m2'), 2, true, 20),
      figure(words.column('net_mu'), 2),
    ],
    rows: rows.map(({ code, name, area_m2, net_area_m2 }, i) => [
      code ?? '',
      code === null ? words.say('outside_survey') : name,
      area_m2,
      gross.ha[i]!,
      gross.mu[i]!,
      net_area_m2,
      net.mu[i]!,
    ]),
  };
}

const LAYER_COLUMN = 1;
const AREA_COLUMN = 5;
/** Where the conflicts name the layer and the area, for formulas on other sheets. */
export const CONFLICT_COLUMNS = { layer: LAYER_COLUMN, area: AREA_COLUMN };

export function conflictTable(proposal: Proposal, words: Words): Table {
  return {
    columns: [
      text(words.column('outcome'), 14),
      text(words.column('layer'), 20),
      text(words.column('zone_code'), 14),
      text(words.column('zone'), 22),
      text(words.column('parcel'), 24),
      figure(words.column('area_m2'), 2, false),
      figure(words.column('area_mu'), 2, false),
      figure(words.column('share'), 4, false, 12),
      text(words.column('rule'), 50),
      text(words.column('articles'), 44),
      text(words.column('office'), 20),
      text(words.column('phone'), 16),
      text(words.column('version'), 30),
    ],
    rows: conflictRows(proposal).map((row) => conflictCells(row, words)),
  };
}

function conflictCells({ parcel, parcel_m2, layer, outcome, hit }: ConflictRow, words: Words): SheetCell[] {
  const [rule] = layer.rules ?? [];
  return [
    words.outcome(outcome),
    layer.title,
    hit?.code ?? '',
    hit?.name ?? '',
    parcel,
    hit?.area_m2 ?? null,
    hit === null ? null : Number(((hit.area_m2 * 3) / 2000).toFixed(2)),
    hit === null ? null : Number((hit.area_m2 / parcel_m2).toFixed(4)),
    rule?.text ?? '',
    (rule?.articles ?? []).map(({ source, article }) => `${source} ${article}`).join('\n'),
    rule?.office.name ?? '',
    rule?.office.phone ?? '',
    layer.version.map(({ label, in_force_from }) => `${label} ${in_force_from.slice(0, 10)}`).join('\n'),
  ];
}

export function crossTable(block: CrossBlock, proposal: Proposal, words: Words): Table {
  const villages = villageNames(proposal);
  const gross = inOtherUnits(block.rows.map(({ area_m2 }) => area_m2));
  const net = inOtherUnits(block.rows.map(({ net_area_m2 }) => net_area_m2));
  return {
    columns: [
      text(words.column('layer'), 20),
      text(words.column('parcel'), 24),
      text(words.column('class_code'), 12),
      text(words.column('class'), 18),
      text(words.column('zone'), 24),
      text(words.column('village'), 18),
      text(words.column('slope'), 16),
      text(words.column('ownership'), 20),
      figure(words.column('area_m2'), 2),
      figure(words.column('area_mu'), 2),
      figure(words.column('net_m2'), 2, true, 20),
      figure(words.column('net_mu'), 2),
    ],
    rows: block.rows.map((row, i) => [
      block.title,
      row.parcel,
      row.class_code,
      row.class_name,
      row.zone_code === null
        ? words.say('outside_zone', { layer: block.title })
        : (row.zone_name ?? row.zone_code),
      row.village_code === null
        ? words.say('no_village')
        : (villages.get(row.village_code) ?? row.village_code),
      words.coded('slope', row.slope_class),
      words.coded('ownership', row.ownership),
      row.area_m2,
      gross.mu[i]!,
      row.net_area_m2,
      net.mu[i]!,
    ]),
  };
}
