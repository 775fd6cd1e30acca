import type { Language } from './text/messages.ts';

const LANGUAGE = 'cunma.language';
const LARGE = 'cunma.large_type';

function read(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    window.localStorage.setItem(key, value);
  } catch {
    // private windows refuse storage: the choice then lasts as long as the page
  }
}

/** The language to start with: `?lang=` of the address, then what was chosen before, then Chinese. */
export function chooseLanguage(search: string, stored: string | null): Language {
  const asked = new URLSearchParams(search).get('lang');
  if (asked === 'zh' || asked === 'en') return asked;
  return stored === 'en' ? 'en' : 'zh';
}

export const initialLanguage = () => chooseLanguage(window.location.search, read(LANGUAGE));
export const rememberLanguage = (language: Language) => write(LANGUAGE, language);
export const initialLargeType = () => read(LARGE) === 'yes';
export const rememberLargeType = (large: boolean) => write(LARGE, large ? 'yes' : 'no');
