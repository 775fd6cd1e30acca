import type { Text } from '../messages/index.ts';
import { colourLandClass, nameLandClass, toHex } from './land_classes.ts';
import { loadRules } from './load.ts';
import type { LayerRegistration, RuleBook } from './types.ts';

let book: RuleBook | undefined;

/** The rule book of this process, read once. Call it at start: it throws `RuleFileError` where a file is wrong. */
export function ruleBook(): RuleBook {
  book ??= loadRules();
  return book;
}

/** The layers that the project ships, in the order of legends. */
export function layerRegistry(): LayerRegistration[] {
  return [...ruleBook().layers.values()].sort((a, b) => a.position - b.position);
}

/** Every land class of the catalogue (TD/T 1055), by code; colours `#RRGGBB` of the third-survey map style. */
export function landClasses(): { code: string; name: Text; colour: string; cropland: boolean }[] {
  return ruleBook().landClasses.classes.map(({ code, name, colour, cropland }) => ({
    code,
    name,
    colour: toHex(colour),
    cropland,
  }));
}

/** Name of a land class, suffix letters included; a code outside the catalogue is named as such, never guessed. */
export function landClassName(code: string): Text {
  return nameLandClass(ruleBook().landClasses, code);
}

/** Name of a class on any layer: the catalogues' where they have one, else as its data names it. */
export function className(layer: string, given: { code: string; name: string }): Text {
  if (layer === 'land_use') return landClassName(given.code);
  return ruleBook().zoneClasses[layer]?.[given.code] ?? { zh: given.name, en: given.name };
}

/** `#RRGGBB` of a land class, suffix letters included; null where the catalogue has none. */
export function landClassColour(code: string): string | null {
  return colourLandClass(ruleBook().landClasses, code);
}

/** Rules in plain words for the village page. */
export function publicPolicies(): { title: Text; text: Text }[] {
  return ruleBook().policies.map(({ title, text }) => ({ title, text }));
}

/** Whom to ask, for the village page; `phone` may be empty. */
export function contacts(): { name: Text; phone: string; phone_verified: boolean }[] {
  return [...ruleBook().offices.values()]
    .filter(({ contact }) => contact)
    .map(({ name, phone, phone_verified }) => ({ name, phone, phone_verified }));
}
