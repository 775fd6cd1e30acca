import { expect } from 'chai';
import type { StepResult } from '../../../../tools/testing/result.ts';
import { closingLine, exitCode, summary, total } from '../../../../tools/testing/summary.ts';

const unit: StepResult = {
  name: 'unit',
  status: 'passed',
  ms: 1234,
  counts: { passed: 7, failed: 0, skipped: 1 },
  details: ['skipped: a test'],
};
const lint: StepResult = {
  name: 'lint',
  status: 'failed',
  ms: 50,
  counts: { passed: 0, failed: 1, skipped: 0 },
  details: ['first line\nsecond line'],
};

describe('the summary of a test run', () => {
  it('adds the tests of all steps', () => {
    expect(total([unit, lint, unit])).to.deep.equal({ passed: 14, failed: 1, skipped: 2 });
  });

  it('ends with the counts alone on the last line', () => {
    expect(summary([unit, lint]).split('\n').at(-1)).to.equal('7 passed, 1 failed, 1 skipped');
    expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).to.equal('3 passed, 0 failed');
  });

  it('has a row per step and repeats what failed and what was skipped', () => {
    const text = summary([unit, lint]);
    expect(text).to.match(/^unit +passed +1\.2 s +7 +1$/m);
    expect(text).to.match(/^lint +failed +0\.1 s +1$/m);
    expect(text).to.include('FAILED lint\n  first line\n  second line\n');
    expect(text).to.include('skipped: a test');
  });

  it('fails when any step or any test failed, and only then', () => {
    expect(exitCode([unit])).to.equal(0);
    expect(exitCode([unit, lint])).to.equal(1);
    expect(exitCode([{ ...unit, counts: { ...unit.counts, failed: 1 } }])).to.equal(1);
    expect(exitCode([{ ...unit, status: 'failed' }])).to.equal(1);
    expect(exitCode([{ ...unit, status: 'skipped' }])).to.equal(0);
  });
});
