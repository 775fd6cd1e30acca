import { backupCommand } from './backup.ts';
import { doctorCommand } from './doctor.ts';
import { readRecoveryArguments } from './recovery_arguments.ts';
import { LEAST_PASSPHRASE, type RecoveryTools, readPassphrase, tell } from './recovery_tools.ts';
import { restoreCommand } from './restore.ts';

/** `cunma backup`, `cunma restore`, `cunma doctor`. Answers the exit code: 0 done, 1 something is wrong, 2 not understood. */
export async function recoveryCommand(
  action: 'backup' | 'restore' | 'doctor',
  words: readonly string[],
  tools: RecoveryTools,
): Promise<number> {
  const command = readRecoveryArguments(action, words);
  if (command.action === 'usage') {
    if (command.fault !== null) tell(tools, 'unknown_argument', { argument: command.fault });
    tell(tools, 'usage');
    return command.fault === null ? 0 : 2;
  }
  if (command.action === 'doctor') return doctorCommand(tools);
  const { file, passphraseFile } = command;
  const passphrase = passphraseFile === null ? null : readPassphrase(passphraseFile);
  if (passphraseFile !== null && passphrase === null) {
    tell(tools, 'passphrase_short', { file: passphraseFile, least: LEAST_PASSPHRASE });
    return 2;
  }
  return command.action === 'backup'
    ? backupCommand(tools, file, passphrase)
    : restoreCommand(tools, file, passphrase, command.fingerprint);
}
