import type { AppliedRule, CheckAnswer, CheckLayer } from '../../server/contract/index.ts';

export interface DecidingRule {
  layer: CheckLayer;
  rule: AppliedRule;
}

/** The layers of an answer as a reader needs them; every layer stands in exactly one of the lists. */
export interface SortedLayers {
  /** zones that the shape touches: the deciding one, then the largest part first */
  affected: CheckLayer[];
  /** could not be answered: no data, or the look-up failed */
  unanswered: CheckLayer[];
  not_affected: CheckLayer[];
  land_use: CheckLayer | null;
}

export function sortLayers(answer: CheckAnswer): SortedLayers {
  const sorted: SortedLayers = { affected: [], unanswered: [], not_affected: [], land_use: null };
  for (const layer of answer.layers) {
    if (layer.status === 'no_data' || layer.status === 'failed') sorted.unanswered.push(layer);
    else if (layer.layer === 'land_use') sorted.land_use = layer;
    else if (layer.status === 'affected') sorted.affected.push(layer);
    else sorted.not_affected.push(layer);
  }
  const decides = (layer: CheckLayer) => Number(layer.layer === answer.deciding?.layer);
  sorted.affected.sort((a, b) => decides(b) - decides(a) || b.area_m2 - a.area_m2);
  return sorted;
}

/** The rule that decided, with its layer; null when the server names none. */
export function decidingRule(answer: CheckAnswer): DecidingRule | null {
  const { deciding } = answer;
  if (deciding === null) return null;
  const layer = answer.layers.find((each) => each.layer === deciding.layer);
  const rule = layer?.rules.find((each) => each.id === deciding.rule);
  return layer === undefined || rule === undefined ? null : { layer, rule };
}

/** Every other rule that applies, with its layer, in the order of the answer. */
export function furtherRules(answer: CheckAnswer): DecidingRule[] {
  const first = decidingRule(answer);
  return answer.layers.flatMap((layer) =>
    layer.rules
      .filter((rule) => !(layer === first?.layer && rule === first.rule))
      .map((rule) => ({ layer, rule })),
  );
}

/** Where to address oneself: each office once, the deciding rule's first. */
export function offices(answer: CheckAnswer): AppliedRule['office'][] {
  const first = decidingRule(answer);
  const all = [...(first === null ? [] : [first]), ...furtherRules(answer)].map(({ rule }) => rule.office);
  return all.filter((office, i) => all.findIndex((other) => other.id === office.id) === i);
}
