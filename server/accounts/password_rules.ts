import { COMMON_PASSWORDS } from './common_passwords.ts';

/** Characters as people count them: Unicode code points. */
export const LEAST_PASSWORD_LENGTH = 10;

export type PasswordFault = 'too_short' | 'common' | 'contains_login' | 'repeats';

/**
 * What is wrong with a new password; null: nothing. NIST SP 800-63B, 5.1.1.2: length counts, kinds of characters do
 * not; what is commonly chosen, or made of the person's own names, is refused.
 */
export function passwordFault(password: string, login: string): PasswordFault | null {
  const plain = password.normalize('NFKC');
  const folded = plain.toLowerCase();
  const characters = [...plain];
  if (characters.length < LEAST_PASSWORD_LENGTH) return 'too_short';
  if (new Set(characters).size < 4) return 'repeats';
  if (isCommon(folded)) return 'common';
  if (login.length >= 3 && folded.includes(login)) return 'contains_login';
  return null;
}

const LETTER_OF = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '@': 'a', $: 's', '5': 's' } as const;
const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');

/** A common password, with or without digits and signs around it or the usual letters for digits. */
function isCommon(folded: string): boolean {
  const bare = letters(folded);
  const core = bare.replace(/^\d+|\d+$/g, '');
  const spelled = letters(
    folded
      .replace(/^[^\p{L}@$]+|[^\p{L}@$]+$/gu, '')
      .replace(/[0134@$5]/g, (sign) => LETTER_OF[sign as keyof typeof LETTER_OF]),
  );
  return [folded, bare, core, spelled].some((form) => COMMON_PASSWORDS.has(form)) || isRun(bare);
}

/** 1234567890, abcdefghij, qwertyuiop: neighbours all along. */
function isRun(bare: string): boolean {
  const rows = [
    '01234567890',
    '09876543210',
    'abcdefghijklmnopqrstuvwxyz',
    'qwertyuiop',
    'asdfghjkl',
    'zxcvbnm',
  ];
  return rows.some((row) => bare.length >= 6 && (row + row + row).includes(bare));
}
