import type zh from '../messages/zh.json';

export type Language = 'zh' | 'en';
export type MessageKey = keyof typeof zh;
export type Catalogue = Record<MessageKey, string>;
export type Params = Record<string, string | number>;

/** `text` with its `{placeholders}` filled; a placeholder without a value stays as it is, so that it is seen. */
export function fill(text: string, params: Params = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  );
}

/** One language's texts; each language is a chunk of its own. */
export async function loadCatalogue(language: Language): Promise<Catalogue> {
  const module =
    language === 'en' ? await import('../messages/en.json') : await import('../messages/zh.json');
  return module.default;
}
