import { expect } from 'chai';
import { readRecoveryArguments } from '../../../server/cli/recovery_arguments.ts';

const HEX = 'ab'.repeat(32);

describe('arguments of backup, restore and doctor', () => {
  it('are understood', () => {
    expect(readRecoveryArguments('backup', ['a.backup'])).to.deep.equal({
      action: 'backup',
      file: 'a.backup',
      passphraseFile: null,
    });
    expect(
      readRecoveryArguments('restore', ['--fingerprint', HEX, 'a b.backup', '--passphrase-file=p']),
    ).to.deep.equal({ action: 'restore', file: 'a b.backup', passphraseFile: 'p', fingerprint: HEX });
    expect(readRecoveryArguments('doctor', [])).to.deep.equal({ action: 'doctor' });
  });

  it('become help, never a guess', () => {
    expect(readRecoveryArguments('backup', [])).to.deep.equal({ action: 'usage', fault: null });
    expect(readRecoveryArguments('restore', ['-h'])).to.deep.equal({ action: 'usage', fault: null });
    const faults: [Parameters<typeof readRecoveryArguments>[0], string[], string][] = [
      ['backup', ['a', 'b'], 'b'],
      ['backup', ['a', '--fingerprint', HEX], '--fingerprint'],
      ['backup', ['a', '--passphrase', 'secret'], 'a --passphrase secret'],
      ['restore', ['a', '--fingerprint', 'abc'], '--fingerprint abc'],
      ['doctor', ['now'], 'now'],
    ];
    for (const [action, words, fault] of faults)
      expect(readRecoveryArguments(action, words), words.join(' ')).to.deep.equal({ action: 'usage', fault });
  });
});
