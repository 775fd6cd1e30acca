import type { Request } from 'express';
import { LANGUAGES, type Language } from '../messages/index.ts';

/** `?lang=` first, then Accept-Language; Chinese when neither names a language that there is. */
export function languageOf(request: Request): Language {
  const asked = request.query.lang;
  if (typeof asked === 'string' && (LANGUAGES as readonly string[]).includes(asked)) return asked as Language;
  return (request.acceptsLanguages([...LANGUAGES]) || 'zh') as Language;
}
