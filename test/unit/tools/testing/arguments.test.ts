import { expect } from 'chai';
import { DEFAULT_STEPS, parseArguments } from '../../../../tools/testing/arguments.ts';

describe('the arguments of npm test', () => {
  it('runs every step by default', () => {
    expect(parseArguments([])).to.deep.equal({ steps: [...DEFAULT_STEPS], grep: null });
  });

  it('takes the steps in their order, whatever the order of --only', () => {
    expect(parseArguments(['--only', 'unit,lint']).steps).to.deep.equal(['lint', 'unit']);
  });

  it('means both engines by integration, and sets up what a step needs', () => {
    const both = ['setup', 'integration:embedded', 'integration:native'];
    expect(parseArguments(['--only', 'integration']).steps).to.deep.equal(both);
    expect(parseArguments(['--only', 'integration:embedded']).steps).to.deep.equal(['integration:embedded']);
    expect(parseArguments(['--only', 'e2e']).steps).to.deep.equal(['setup', 'e2e']);
  });

  it('runs the long loops only when asked, on both engines', () => {
    expect(parseArguments(['--soak']).steps).to.deep.equal(['setup', 'soak:embedded', 'soak:native']);
  });

  it('hands on --grep', () => {
    expect(parseArguments(['--grep', 'a b']).grep).to.equal('a b');
  });

  it('refuses a step or an option that it does not know, rather than running nothing', () => {
    expect(() => parseArguments(['--only', 'unti'])).to.throw(/no step unti/);
    expect(() => parseArguments(['--only', ''])).to.throw(/no step/);
    expect(() => parseArguments(['--olny', 'unit'])).to.throw();
  });
});
