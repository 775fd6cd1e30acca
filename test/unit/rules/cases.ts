import {
  type Activity,
  DETAILS,
  type Details,
  LAYER_KEYS,
  OUTCOMES,
  type Outcome,
} from '../../../server/contract/index.ts';
import { type LayerFinding, ruleBook } from '../../../server/rules/index.ts';

/** Land classes as domain.md §1.4 lists them, written down a second time so that the catalogue has something to miss. */
export const SURVEY_CODES = `
  0303 0304 0306 0402 0603 1105 1106 1108 0101 0102 0103 0201 0202 0203 0204 0301 0302 0305 0307 0401 0403 0404
  05H1 0508 0601 0602 0701 0702 08H1 08H2 0809 0810 09 1001 1002 1003 1004 1005 1006 1007 1008 1009
  1101 1102 1103 1104 1107 1109 1110 1201 1202 1203 1204 1205 1206 1207
  0201K 0301K 0403K 1104K 0810A 1104A 1107A 08H2A`
  .trim()
  .split(/\s+/);

export const TODAY = '2026-11-22';

/** No answer at all, and each answer that the contract knows. */
export function detailsOf(activity: Activity): Details[] {
  if (!(activity in DETAILS)) return [{}];
  return [{}, ...DETAILS[activity as keyof typeof DETAILS].map((value): Details => ({ [activity]: value }))];
}

/** Every layer examined, nothing found, 100 m² of bare soil: the least that an answer needs. */
export function bareLand(): LayerFinding[] {
  return LAYER_KEYS.map((layer) => quiet(layer));
}

export function quiet(layer: string): LayerFinding {
  if (layer !== 'land_use') return { layer, status: 'not_affected', hits: [], uncovered_m2: 0 };
  return { layer, status: 'affected', hits: [{ code: '1206', area_m2: 100 }], uncovered_m2: 0 };
}

/** {@link bareLand} with one layer's row replaced. */
export function landWith(layer: string, changes: Partial<LayerFinding>): LayerFinding[] {
  return bareLand().map((finding) =>
    finding.layer === layer ? { ...finding, status: 'affected', ...changes } : finding,
  );
}

export function hit(code: string, area_m2: number): LayerFinding['hits'] {
  return [{ code, area_m2 }];
}

/** 0 clear … 3 conflict. */
export function strength(outcome: Outcome): number {
  return OUTCOMES.length - 1 - OUTCOMES.indexOf(outcome);
}

export const rules = ruleBook();
