import { readFileSync } from 'node:fs';
import type { Knex } from 'knex';
import { LANGUAGES, type Language, message } from '../messages/index.ts';
import type { BackupsFolder } from '../recovery/index.ts';

/** What the commands of recovery are given. */
export interface RecoveryTools {
  dataFolder: string;
  backups: BackupsFolder;
  /** null: the embedded engine */
  databaseUrl: string | null;
  /** what is wrong with the overlay of this database; empty: nothing */
  selfTest: (db: Knex, gridSize: number) => Promise<string[]>;
  write(text: string): void;
}

export type Params = Record<string, string | number>;

/** A text under `recovery`, in both languages, Chinese first. */
export function tell(
  { write }: Pick<RecoveryTools, 'write'>,
  key: string,
  params: Params | ((language: Language) => Params) = {},
): void {
  for (const language of LANGUAGES)
    write(
      `${message(language, `recovery.${key}`, typeof params === 'function' ? params(language) : params)}\n`,
    );
}

/** A passphrase that can be guessed protects nothing; scrypt makes each guess slow, not impossible. */
export const LEAST_PASSPHRASE = 12;

/** The file's text without the line end that editors add; null: too short. */
export function readPassphrase(file: string): string | null {
  const passphrase = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  return passphrase.length < LEAST_PASSPHRASE ? null : passphrase;
}

const TELL_EVERY_MS = 3_000;

/** Says how far something is, from time to time. */
export function progress(tools: RecoveryTools): (key: string, params: Params) => void {
  let told = performance.now();
  return (key, params) => {
    const now = performance.now();
    if (now - told < TELL_EVERY_MS) return;
    told = now;
    tell(tools, key, params);
  };
}

export function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
