import { expect } from 'chai';
import { readArguments } from '../../../server/cli/arguments.ts';
import { secondsLeft } from '../../../server/cli/progress.ts';

const read = (line: string) => readArguments(line.split(' ').filter(Boolean));

describe('cunma land: arguments', () => {
  it('loads the small demonstration unless told otherwise', () => {
    const plain = { action: 'load', scale: 'demo', counties: null, dryRun: false };
    expect(read('land')).to.deep.equal(plain);
    expect(read('land --scale prefecture --dry-run')).to.deep.equal({
      ...plain,
      scale: 'prefecture',
      dryRun: true,
    });
    expect(read('land --scale=county --counties 410821,410822')).to.deep.include({
      scale: 'county',
      counties: ['410821', '410822'],
    });
  });

  it('removes only what is confirmed, and shows', () => {
    expect(read('land --remove')).to.deep.equal({ action: 'remove', yes: false });
    expect(read('land --remove --yes')).to.deep.equal({ action: 'remove', yes: true });
    expect(read('land --status')).to.deep.equal({ action: 'status' });
    expect(read('land --verify')).to.deep.equal({ action: 'verify', counties: null });
    expect(read('land --rebuild --counties 410821')).to.deep.equal({
      action: 'rebuild',
      counties: ['410821'],
    });
  });

  it('guesses nothing: whatever is not understood is named', () => {
    const faults: [string, string][] = [
      ['land --scale village', 'village'],
      ['land --remvoe', '--remvoe'],
      ['land --remove --scale demo', '--scale'],
      ['land --status --yes', '--yes'],
      ['land --verify --rebuild', '--rebuild'],
      ['land --rebuild --dry-run', '--dry-run'],
      ['land --remove --dry-run', '--dry-run'],
      ['land now', 'now'],
      ['sea', 'sea'],
      ['land --yes', '--yes'],
    ];
    for (const [line, named] of faults) {
      const command = read(line);
      expect(command.action, line).to.equal('usage');
      if (command.action !== 'usage') continue;
      expect(command.fault, line).not.to.equal(null);
      expect(Object.values(command.params), line).to.deep.equal([named]);
    }
    for (const line of ['', '--help', 'land -h'])
      expect(read(line), line).to.deep.include({ action: 'usage', fault: null });
  });

  it('says how long it takes once it can', () => {
    expect(secondsLeft(0, 1000, 10)).to.equal(null);
    expect(secondsLeft(500, 1000, 1)).to.equal(null);
    expect(secondsLeft(250, 1000, 10)).to.equal(30);
    expect(secondsLeft(1200, 1000, 10)).to.equal(0);
  });
});
