import { LANGUAGES, type Language, message } from '../messages/index.ts';

export type Params = Record<string, string | number>;

/** A text of the catalogue under `operator`, in both languages. */
export function both(key: string, params: Params | ((language: Language) => Params) = {}): string[] {
  return LANGUAGES.map((language) =>
    message(language, `operator.${key}`, typeof params === 'function' ? params(language) : params),
  );
}

/** Writes a text in both languages, Chinese first. */
export function say(key: string, params: Params | ((language: Language) => Params) = {}): void {
  process.stdout.write(`${both(key, params).join('\n')}\n`);
}
