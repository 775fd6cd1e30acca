import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { CheckAnswer, CheckRequest, Details } from '../contract/index.ts';
import { divisionsAbove, namesOf } from '../divisions/index.ts';
import { MAX_CHECK_VERTICES, multiPolygonToEwkb, readShape, type Shape } from '../geometry/index.ts';
import type { Text } from '../messages/index.ts';
import { type OverlayOptions, overlayWithCertainty, type VillageArea } from '../overlay/index.ts';
import { Problem } from '../problems.ts';
import type { AppliedRuleText, Judgement, RuleBook, SizeRemarkText } from '../rules/index.ts';
import {
  composeOverlay,
  forPublic,
  type LayerInBoth,
  type OverlayInBoth,
  publicArea,
} from './compose_overlay.ts';
import { judgeOverlay } from './judge_overlay.ts';
import { insertCheck } from './queries.ts';
import { accuracyOf, given } from './shape_options.ts';

/** A house plot is personal data: its answer is shown for a year. */
const KEEP_DAYS = 365;
const NO_COUNTY = '000000';

/** A check as it is kept: both languages, so that its address gives the same answer in either. */
export interface StoredCheck
  extends Omit<OverlayInBoth, 'layers'>,
    Omit<CheckAnswer, keyof OverlayInBoth | 'headline' | 'questions' | 'remarks' | 'not_examined'> {
  headline: Text;
  questions: Judgement['questions'];
  remarks: SizeRemarkText[];
  not_examined: Text[];
  layers: (LayerInBoth & { rules: AppliedRuleText[] })[];
}

export interface CheckContext {
  db: Knex.Transaction;
  rules: RuleBook;
  overlay: OverlayOptions;
  /** YYYY-MM-DD: data and rules of this day */
  today: string;
}

/** "May I …?": shape × layers → rules → verdict, kept under a random id. Throws the problems of `readShape`. */
export async function submitCheck(request: CheckRequest, context: CheckContext): Promise<StoredCheck> {
  return checkOf(readCheckShape(request), request, context);
}

/** The shape of a check; no connection is needed for it. Throws the problems of `readShape`. */
export function readCheckShape(request: CheckRequest): Shape {
  const shape = readShape(request.geometry, { ...given(request), path: 'geometry' });
  if (shape.vertex_count > MAX_CHECK_VERTICES) {
    const params = { count: shape.vertex_count, limit: MAX_CHECK_VERTICES };
    throw new Problem('too_many_vertices', { params, where: { path: 'geometry' } });
  }
  return shape;
}

/** The check of a shape that has been read already. */
export async function checkOf(
  shape: Shape,
  request: Omit<CheckRequest, 'geometry' | 'crs' | 'datum'>,
  { db, rules, today, overlay: options }: CheckContext,
): Promise<StoredCheck> {
  const input = { shape, asOf: today, accuracy_m: accuracyOf(shape, request.accuracy_m), near: true };
  const { result, certainties } = await overlayWithCertainty(db, input, options);
  const details: Details = request.details ?? {};
  const judgement = judgeOverlay(
    { activity: request.activity, details },
    { shape, result, certainties },
    rules,
    (area_m2, { audience }) => publicArea(area_m2, audience, shape.area_m2),
  );
  const overlay = composeOverlay(result, { certainties });
  const village = await placed(db, result.villages[0]);
  const hidden = new Set(
    result.layers.filter(({ layer }) => layer.audience === 'none').map(({ layer }) => layer.key),
  );
  const check: StoredCheck = {
    id: randomBytes(16).toString('hex'),
    outcome: judgement.outcome,
    activity: request.activity,
    details,
    created_at: new Date().toISOString(),
    geometry: shape.geometry,
    village,
    accuracy_m: input.accuracy_m,
    headline: judgement.headline,
    deciding: judgement.deciding,
    questions: judgement.questions,
    ...overlay,
    // how far a hidden zone is would draw it
    near_misses: overlay.near_misses?.filter(({ layer }) => !hidden.has(layer)) ?? null,
    layers: overlay.layers.map((layer, i) => ({
      ...forPublic(layer, result.layers[i]!.layer.audience, result.area_m2),
      rules: judgement.layers.get(layer.layer) ?? [],
    })),
    remarks: judgement.remarks,
    not_examined: judgement.not_examined,
    rules_version: rules.version,
    demonstration: result.layers.some(({ versions }) => versions.some((version) => version.demonstration)),
  };
  await keep(db, check, shape, result.counties);
  return check;
}

/** A village with the names from city to township; null where there is none, or nothing has its code now. */
async function placed(db: Knex, village: VillageArea | undefined): Promise<CheckAnswer['village']> {
  if (village?.name === undefined) return null;
  const { code, name } = village;
  const above = divisionsAbove(code);
  const names = await namesOf(db, above);
  return { code, name, path: above.flatMap((each) => names.get(each) ?? []) };
}

async function keep(db: Knex, check: StoredCheck, shape: Shape, counties: string[]): Promise<void> {
  await insertCheck(db, {
    county_code: check.village?.code.slice(0, 6) ?? counties[0] ?? NO_COUNTY,
    id: check.id,
    activity: check.activity,
    outcome: check.outcome,
    village_code: check.village?.code ?? null,
    geom: multiPolygonToEwkb(shape.geometry.coordinates, 4490),
    answer: check,
    keepDays: KEEP_DAYS,
  });
}
