import { readFileSync } from 'node:fs';

const TEXTS = JSON.parse(readFileSync(new URL('./terminal.json', import.meta.url), 'utf8'));

/** Writes the text `key` of terminal.json to stderr, Chinese first, with its `{placeholders}` filled. */
export function say(key, params = {}) {
  for (const language of ['zh', 'en']) {
    console.error(TEXTS[key][language].replace(/\{(\w+)\}/g, (_, name) => String(params[name])));
  }
}
