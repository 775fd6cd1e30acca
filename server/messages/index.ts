import { readFileSync } from 'node:fs';

/** Interface languages: Chinese first. */
export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text in both languages, as it is stored; {@link localise} picks one. */
export interface Text {
  zh: string;
  en: string;
}

type Catalogue = { [key: string]: string | Catalogue };
const SECTIONS = [
  'problems',
  'notes',
  'answers',
  'layers',
  'clear_places',
  'operator',
  'requests',
  'accounts',
  'audit',
  'privacy',
  'jobs',
  'configuration',
  'operation',
  'files',
  'recovery',
  'proposals',
  'batches',
] as const;

function load(language: Language): Catalogue {
  const catalogue: Catalogue = {};
  for (const section of SECTIONS) {
    const url = new URL(`./${language}/${section}.json`, import.meta.url);
    catalogue[section] = JSON.parse(readFileSync(url, 'utf8')) as Catalogue;
  }
  return catalogue;
}
const CATALOGUES: Record<Language, Catalogue> = { zh: load('zh'), en: load('en') };

/** The text `section.key` with `{placeholders}` filled; throws where the catalogue has no such key. */
export function message(
  language: Language,
  key: string,
  params: Record<string, string | number> = {},
): string {
  let entry: string | Catalogue | undefined = CATALOGUES[language];
  for (const part of key.split('.')) entry = typeof entry === 'object' ? entry[part] : undefined;
  if (typeof entry !== 'string') throw new Error(`no message ${language}:${key}`);
  return entry.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
}

/** The same message in both languages. */
export function messageText(key: string, params: Record<string, string | number> = {}): Text {
  return { zh: message('zh', key, params), en: message('en', key, params) };
}

function isText(value: object): value is Text {
  return 'zh' in value && 'en' in value && Object.keys(value).length === 2;
}

/** What `value` is after every {@link Text} in it has become a string. */
export type Localised<T> = T extends Text
  ? string
  : T extends (infer I)[]
    ? Localised<I>[]
    : T extends object
      ? { [K in keyof T]: Localised<T[K]> }
      : T;

const isPlain = (value: unknown): boolean => value === null || typeof value !== 'object';

/** A copy of `value` in which every {@link Text}, at any depth, is its string in `language`. */
export function localise<T>(value: T, language: Language): Localised<T> {
  // the coordinates of a shape are most of a large answer, and hold no text
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number'))
    return value as Localised<T>;
  if (Array.isArray(value)) return value.map((item) => localise(item, language)) as Localised<T>;
  if (value !== null && typeof value === 'object') {
    if (isText(value)) return value[language] as Localised<T>;
    // a record may have a field of any name, "__proto__" too
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, isPlain(item) ? item : localise(item, language)]),
    ) as Localised<T>;
  }
  return value as Localised<T>;
}
