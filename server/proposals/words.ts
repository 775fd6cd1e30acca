import { type Language, message } from '../messages/index.ts';

/** The words of a file, in one language. */
export class Words {
  constructor(readonly language: Language) {}

  say(key: string, params: Record<string, string | number> = {}): string {
    return message(this.language, `proposals.${key}`, params);
  }

  column(key: string): string {
    return this.say(`column.${key}`);
  }

  outcome(outcome: string | null): string {
    return outcome === null ? '' : message(this.language, `answers.outcome.${outcome}`);
  }

  status(status: string): string {
    return message(this.language, `answers.status.${status}`);
  }

  /** A code of a known list with its name; what the list does not have stays a code. */
  coded(list: 'slope' | 'ownership', code: string | null): string {
    if (code === null || code === '') return this.say('no_value');
    const bare = code.replace(/^0+(?=\d)/, '');
    return KNOWN[list].includes(bare) ? this.say(`${list}.${bare}`) : code;
  }
}

const KNOWN = {
  slope: ['1', '2', '3', '4', '5'],
  ownership: ['10', '20', '30', '31', '32', '33', '34', '40'],
};
