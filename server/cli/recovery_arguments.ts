import { parseArgs } from 'node:util';

export type RecoveryCommand =
  | { action: 'backup'; file: string; passphraseFile: string | null }
  | { action: 'restore'; file: string; passphraseFile: string | null; fingerprint: string | null }
  | { action: 'doctor' }
  /** `fault`: what was not understood; null: help was asked for */
  | { action: 'usage'; fault: string | null };

const OPTIONS = {
  'passphrase-file': { type: 'string' },
  fingerprint: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** What each command takes besides `--help`; `file`: it names an archive. */
const TAKES = {
  backup: { file: true, options: ['passphrase-file'] },
  restore: { file: true, options: ['passphrase-file', 'fingerprint'] },
  doctor: { file: false, options: [] },
} as const satisfies Record<string, { file: boolean; options: readonly string[] }>;

const faulty = (fault: string): RecoveryCommand => ({ action: 'usage', fault });

/** What `cunma backup|restore|doctor …` is asked to do; whatever is not understood becomes `usage`, never a guess. */
export function readRecoveryArguments(action: keyof typeof TAKES, words: readonly string[]): RecoveryCommand {
  const parsed = parsedOf(words);
  if (parsed === null) return faulty(words.join(' '));
  const { values, positionals } = parsed;
  if (values.help) return { action: 'usage', fault: null };
  const { file: takesFile, options } = TAKES[action];
  const odd = Object.keys(values).find((name) => !(options as readonly string[]).includes(name));
  if (odd !== undefined) return faulty(`--${odd}`);
  const surplus = positionals[takesFile ? 1 : 0];
  if (surplus !== undefined) return faulty(surplus);
  const [file] = positionals;
  if (action === 'doctor') return { action };
  if (file === undefined) return { action: 'usage', fault: null };
  const passphraseFile = values['passphrase-file'] ?? null;
  if (action === 'backup') return { action, file, passphraseFile };
  const fingerprint = values.fingerprint ?? null;
  if (fingerprint !== null && !/^[0-9a-f]{64}$/i.test(fingerprint))
    return faulty(`--fingerprint ${fingerprint}`);
  return { action, file, passphraseFile, fingerprint };
}

function parsedOf(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true, strict: true });
  } catch {
    return null;
  }
}
