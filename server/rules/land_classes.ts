import { message, messageText, type Text } from '../messages/index.ts';
import type { LandClass, LandClassScheme } from './types.ts';

/** The class `code` (TD/T 1055, with or without a suffix letter), or null where the catalogue has none. */
export function findLandClass(
  scheme: LandClassScheme,
  code: string,
): { entry: LandClass; suffix: Text | null } | null {
  const exact = scheme.classes.find((entry) => entry.code === code);
  if (exact) return { entry: exact, suffix: null };
  const suffix = scheme.suffixes[code.slice(-1)];
  const base = scheme.classes.find((entry) => entry.code === code.slice(0, -1));
  return suffix && base ? { entry: base, suffix } : null;
}

/** The name of a class; a code outside the catalogue is named as such, never guessed. */
export function nameLandClass(scheme: LandClassScheme, code: string): Text {
  const found = findLandClass(scheme, code);
  if (!found) return messageText('answers.land_class.unknown', { code });
  const { entry, suffix } = found;
  if (!suffix) return entry.name;
  const name = (language: keyof Text): string =>
    message(language, 'answers.land_class.suffixed', {
      name: entry.name[language],
      suffix: suffix[language],
    });
  return { zh: name('zh'), en: name('en') };
}

/** `#RRGGBB` of a class in the third-survey map style, or null where the catalogue has none. */
export function colourLandClass(scheme: LandClassScheme, code: string): string | null {
  const found = findLandClass(scheme, code);
  return found ? toHex(found.entry.colour) : null;
}

export function toHex(rgb: readonly number[]): string {
  return `#${rgb
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()}`;
}
