import type {
  AppliedRule,
  LayerAnswer,
  NearMiss,
  Outcome,
  OverlayAnswer,
} from '../../server/contract/index.ts';
import { type Answered, sumM2 } from './sums.ts';

/** One parcel's part in a zone. */
export interface ConflictPart {
  parcel: string;
  name: string;
  area_m2: number;
  /** of the parcel, 0 to 1 */
  share: number;
  certainty: LayerAnswer['certainty'];
  hits: LayerAnswer['hits'];
}

/** A layer that parcels meet, with what the rules say of it. */
export interface Conflict {
  layer: string;
  title: string;
  rank: number;
  /** the gravest of all parcels; null: no activity was asked about, or no rule speaks of it */
  outcome: Outcome | null;
  rules: AppliedRule[];
  parts: ConflictPart[];
  /** sums of all parts by class; none for land use, whose classes have a table of their own */
  area_m2: number;
  classes: { code: string; name: string; area_m2: number }[];
  versions: LayerAnswer['version'];
}

const ORDER: readonly (Outcome | null)[] = ['conflict', 'unknown', 'permit', null, 'clear'];
export const graver = (a: Outcome | null, b: Outcome | null): number => ORDER.indexOf(a) - ORDER.indexOf(b);
const gravest = (outcomes: readonly (Outcome | null)[]): Outcome | null =>
  [...outcomes].sort(graver)[0] ?? null;

/** What any parcel meets: the gravest by the rule book first, then by the rank of the layer, then the largest. */
export function conflictsOf(parcels: readonly Answered[]): Conflict[] {
  const byLayer = new Map<string, { parcel: Answered; layer: LayerAnswer }[]>();
  for (const parcel of parcels) {
    for (const layer of parcel.answer.layers) {
      if (!speaks(layer)) continue;
      byLayer.set(layer.layer, [...(byLayer.get(layer.layer) ?? []), { parcel, layer }]);
    }
  }
  return [...byLayer.values()]
    .map(conflictOf)
    .sort((a, b) => graver(a.outcome, b.outcome) || a.rank - b.rank || b.area_m2 - a.area_m2);
}

/** Zones are told of wherever they are met; land use only where a rule objects, or every parcel would have it. */
function speaks({ layer, status, rules = [] }: LayerAnswer): boolean {
  if (status !== 'affected') return false;
  return layer !== 'land_use' || rules.some(({ outcome }) => outcome !== 'clear');
}

function conflictOf(met: readonly { parcel: Answered; layer: LayerAnswer }[]): Conflict {
  const { layer, title, rank = Number.MAX_SAFE_INTEGER } = met[0]!.layer;
  const rules = new Map(
    met.flatMap(({ layer: { rules = [] } }) => rules.map((rule): [string, AppliedRule] => [rule.id, rule])),
  );
  const classes = new Map<string, { code: string; name: string; area_m2: number }>();
  for (const hit of met.flatMap(({ layer: { hits } }) => hits))
    classes.set(hit.code, { ...hit, area_m2: sumM2([classes.get(hit.code)?.area_m2 ?? 0, hit.area_m2]) });
  const sorted = [...rules.values()].sort((a, b) => graver(a.outcome, b.outcome));
  const versions = new Map(met.flatMap(({ layer: { version } }) => version.map((v) => [v.id, v] as const)));
  return {
    layer,
    title,
    rank,
    outcome: gravest(sorted.map(({ outcome }) => outcome)),
    rules: sorted.filter(({ outcome }) => layer !== 'land_use' || outcome !== 'clear'),
    parts: met
      .map(({ parcel, layer: part }) => ({
        parcel: parcel.id,
        name: parcel.name,
        area_m2: part.area_m2,
        share: part.share,
        certainty: part.certainty,
        hits: part.hits,
      }))
      .sort((a, b) => b.area_m2 - a.area_m2),
    area_m2: sumM2(met.map(({ layer: { area_m2 } }) => area_m2)),
    classes: layer === 'land_use' ? [] : [...classes.values()].sort((a, b) => b.area_m2 - a.area_m2),
    versions: [...versions.values()],
  };
}

/** A parcel's outcome; null: no activity was asked about. */
export const outcomeOf = ({ answer }: Answered): Outcome | null => answer.verdict?.outcome ?? null;

/** A remark about one layer and the parcels that it holds for. */
export interface LayerRemark {
  layer: string;
  title: string;
  text: string | null;
  status: LayerAnswer['status'];
  parcels: { id: string; name: string; area_m2: number }[];
}

function remarks(
  parcels: readonly Answered[],
  holds: (layer: LayerAnswer) => boolean,
  area: (layer: LayerAnswer) => number,
): LayerRemark[] {
  const found = new Map<string, LayerRemark>();
  for (const { id, name, answer } of parcels) {
    for (const layer of answer.layers.filter(holds)) {
      const key = `${layer.layer} ${layer.status} ${layer.reason ?? ''}`;
      const entry = found.get(key) ?? {
        layer: layer.layer,
        title: layer.title,
        text: layer.reason,
        status: layer.status,
        parcels: [],
      };
      entry.parcels.push({ id, name, area_m2: area(layer) });
      found.set(key, entry);
    }
  }
  return [...found.values()];
}

/** Layers that gave no answer, or not for the whole of a parcel: never the same as "none". */
export const unanswered = (parcels: readonly Answered[]): LayerRemark[] =>
  remarks(
    parcels,
    ({ status, uncovered_m2 }) => status === 'no_data' || status === 'failed' || uncovered_m2 > 0,
    ({ uncovered_m2 }) => uncovered_m2,
  ).sort((a, b) => Number(b.status === 'failed') - Number(a.status === 'failed'));

/** Parcels that no layer has any data for: most often their coordinates are read wrongly. */
export const withoutData = (parcels: readonly Answered[]): Answered[] =>
  parcels.filter(({ answer }) => hasNoData(answer));

export const hasNoData = ({ layers }: Pick<OverlayAnswer, 'layers'>): boolean =>
  layers.length > 0 && layers.every(({ status }) => status === 'no_data');

/** Layers that say the same of the same parcels, so that it is said once. */
export interface SilentGroup {
  status: 'no_data' | 'failed';
  titles: string[];
  /** empty: every parcel, as a whole */
  parcels: LayerRemark['parcels'];
}

/** The layers without an answer in as few lines as say everything. */
export function silentGroups(remarked: readonly LayerRemark[], all: readonly Answered[]): SilentGroup[] {
  const groups = new Map<string, SilentGroup>();
  const areas = new Map(all.map(({ id, answer }) => [id, answer.area_m2]));
  for (const { title, status, parcels } of remarked) {
    const whole =
      parcels.length === all.length && parcels.every(({ id, area_m2 }) => area_m2 === areas.get(id));
    const told = whole ? [] : parcels;
    const said = status === 'failed' ? 'failed' : 'no_data';
    const key = JSON.stringify([said, told]);
    const group = groups.get(key) ?? { status: said, titles: [], parcels: told };
    group.titles.push(title);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Hits that are smaller than what counts. */
export const belowThreshold = (parcels: readonly Answered[]): LayerRemark[] =>
  remarks(
    parcels,
    ({ below_threshold_m2 }) => below_threshold_m2 > 0,
    ({ below_threshold_m2 }) => below_threshold_m2,
  );

/** What comes close to a parcel without being met, nearest first; `failed`: parcels whose surroundings were not examined. */
export function nearMisses(parcels: readonly Answered[]): {
  near: (NearMiss & { parcel: string; name_of_parcel: string })[];
  failed: string[];
} {
  return {
    near: parcels
      .flatMap(({ id, name, answer }) =>
        (answer.near_misses ?? []).map((near) => ({ ...near, parcel: id, name_of_parcel: name })),
      )
      .sort((a, b) => a.distance_m - b.distance_m),
    failed: parcels.flatMap(({ name, answer }) => (answer.near_misses === null ? [name] : [])),
  };
}

/** What was asked of each layer: its versions, what counts on it, and what came of it. */
export interface LayerBasis {
  layer: string;
  title: string;
  threshold_m2: number;
  versions: LayerAnswer['version'];
  statuses: LayerAnswer['status'][];
}

export function basisOf(parcels: readonly Answered[]): LayerBasis[] {
  const basis = new Map<string, LayerBasis>();
  for (const layer of parcels.flatMap(({ answer }) => answer.layers)) {
    const { title, threshold_m2 } = layer;
    const entry = basis.get(layer.layer) ?? {
      layer: layer.layer,
      title,
      threshold_m2,
      versions: [],
      statuses: [],
    };
    for (const version of layer.version)
      if (!entry.versions.some(({ id }) => id === version.id)) entry.versions.push(version);
    if (!entry.statuses.includes(layer.status)) entry.statuses.push(layer.status);
    basis.set(layer.layer, entry);
  }
  return [...basis.values()];
}
