import { areaPair } from '../checks/index.ts';
import { type Language, message } from '../messages/index.ts';
import type { BatchLand } from '../overlay/index.ts';
import { className } from '../rules/index.ts';
import type { WholeItemRow } from './item_queries.ts';

export type CellValue = string | number | null;

/** What stands beside the records of an export. */
export interface Sheet {
  land: BatchLand;
  /** fields of the file that become columns */
  fields: readonly string[];
  /** division code → name */
  names: ReadonlyMap<string, string>;
  language: Language;
}

const m2 = (value: number) => areaPair(value).area_m2;
export const say = (language: Language, key: string, params: Record<string, string | number> = {}) =>
  message(language, `batches.${key}`, params);

/** Headings of the sheet of shapes: what each is, then each layer's status and area, then the fields of the file. */
export function shapeHeadings({ land, fields, language }: Sheet): string[] {
  const column = (key: string) => say(language, `column.${key}`);
  return [
    ...['index', 'name', 'village_code', 'village', 'township', 'area_m2', 'area_mu', 'status', 'remark'].map(
      column,
    ),
    ...land.layers.flatMap(({ title }) => [
      `${title[language]} ${column('layer_status')}`,
      `${title[language]} ${column('layer_area')}`,
    ]),
    ...fields,
  ];
}

export function shapeRow(row: WholeItemRow, { land, fields, names, language }: Sheet): CellValue[] {
  const { village_code, area_m2, summary, remark } = row;
  const name = (code: string | undefined) => (code === undefined ? '' : (names.get(code) ?? code));
  return [
    row.index,
    row.name ?? '',
    village_code ?? '',
    name(village_code ?? undefined),
    name(village_code?.slice(0, 9)),
    area_m2 === null ? null : m2(area_m2),
    area_m2 === null ? null : areaPair(area_m2).area_mu,
    say(language, `status.${row.status}`),
    remark === null ? '' : remark.message[language],
    ...land.layers.flatMap(({ key }): CellValue[] => {
      const found = summary?.[key];
      return found === undefined ? ['', null] : [say(language, `status.${found[0]}`), m2(found[1])];
    }),
    ...fields.map((field) => cellOf(row.attributes[field])),
  ];
}

function cellOf(value: unknown): CellValue {
  if (typeof value === 'number') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Headings of the sheet of classes: a row for each class of each layer in each shape. */
export function classHeadings({ language }: Sheet): string[] {
  return ['index', 'name', 'layer', 'layer_status', 'class_code', 'class', 'area_m2', 'net_m2', 'counts'].map(
    (key) => say(language, `column.${key}`),
  );
}

/** A layer without a class has one row too, which says why. */
export function classRows({ index, name, answer }: WholeItemRow, { land, language }: Sheet): CellValue[][] {
  return (answer?.layers ?? []).flatMap(({ layer, status, reason, hits, traces }) => {
    const title = land.layers.find(({ key }) => key === layer)?.title[language] ?? layer;
    const head = [index, name ?? '', title, say(language, `status.${status}`)];
    const classes = [
      ...hits.map((hit) => ({ ...hit, counts: 'yes' })),
      ...traces.map((t) => ({ ...t, counts: 'no' })),
    ];
    if (classes.length === 0)
      return [
        [...head, '', reason === null ? '' : message(language, `layers.reasons.${reason}`), null, null, ''],
      ];
    return classes.map((found) => [
      ...head,
      found.code,
      className(layer, found)[language],
      m2(found.area_m2),
      m2(found.net_area_m2),
      say(language, found.counts),
    ]);
  });
}
