import { expect } from 'chai';
import { judge } from '../../../../tools/testing/mocha.ts';

describe('judging a mocha run', () => {
  it('passes what passed', () => {
    const result = judge(true, '', { passed: 3, failures: [], skipped: ['s'] });
    expect(result.status).to.equal('passed');
    expect(result.counts).to.deep.equal({ passed: 3, failed: 0, skipped: 1 });
    expect(result.details).to.deep.equal(['skipped: s']);
  });

  it('names each failed test', () => {
    const failures = [{ title: 'a b', message: 'expected 1\nto equal 2' }];
    const result = judge(false, 'output', { passed: 1, failures, skipped: [] });
    expect(result.counts).to.deep.equal({ passed: 1, failed: 1, skipped: 0 });
    expect(result.details).to.deep.equal(['✗ a b\n    expected 1']);
  });

  it('fails a run that ended badly although every test passed', () => {
    const result = judge(false, 'line\nmocha.js did not end within 5 s\n', {
      passed: 9,
      failures: [],
      skipped: [],
    });
    expect(result.status).to.equal('failed');
    expect(result.counts).to.deep.equal({ passed: 9, failed: 1, skipped: 0 });
    expect(result.details[0]).to.include('did not end');
  });

  it('fails a run without a report: a file that cannot be loaded, a crash', () => {
    const result = judge(false, 'SyntaxError: x', null);
    expect(result.counts).to.deep.equal({ passed: 0, failed: 1, skipped: 0 });
    expect(result.details[0]).to.include('SyntaxError: x');
  });

  it('fails a run without a report even if it says that all is well', () => {
    expect(judge(true, '', null).status).to.equal('failed');
  });
});
