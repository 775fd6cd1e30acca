import type { Knex } from 'knex';
import { listLayers } from '../layers/index.ts';
import type { Text } from '../messages/index.ts';
import { landClasses, type RuleBook } from '../rules/index.ts';

export interface Legend {
  land_classes: { code: string; name: Text; colour: string }[];
  layers: { layer: string; title: Text; colour: string; kind: string }[];
}

/** Names and colours of what maps show; layers that the public may not see are left out. */
export async function legend(db: Knex, rules: RuleBook): Promise<Legend> {
  const layers = (await listLayers(db)).filter(({ audience }) => audience !== 'none');
  return {
    land_classes: landClasses(rules).map(({ code, name, colour }) => ({ code, name, colour })),
    layers: layers.map(({ key, title, colour, kind }) => ({ layer: key, title, colour, kind })),
  };
}
