import type { Knex } from 'knex';
import { listLayers } from '../layers/index.ts';
import type { Text } from '../messages/index.ts';
import { landClassColour, ruleBook } from '../rules/index.ts';

export interface Legend {
  land_classes: { code: string; name: Text; colour: string }[];
  layers: { layer: string; title: Text; colour: string; kind: string }[];
}

/** Names and colours of what maps show; layers that the public may not see are left out. */
export async function legend(db: Knex): Promise<Legend> {
  const layers = (await listLayers(db)).filter(({ audience }) => audience !== 'none');
  return {
    land_classes: ruleBook().landClasses.classes.map(({ code, name }) => ({
      code,
      name,
      colour: landClassColour(code)!,
    })),
    layers: layers.map(({ key, title, colour, kind }) => ({ layer: key, title, colour, kind })),
  };
}
