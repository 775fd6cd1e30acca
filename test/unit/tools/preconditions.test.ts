import { expect } from 'chai';

const FILE = '../../../tools/preconditions.mjs';

describe('the version of Node.js', () => {
  it('is compared number by number, not as text', async () => {
    const { isAtLeast } = (await import(FILE)) as { isAtLeast(found: string, wanted: string): boolean };
    for (const found of ['20.19.0', '20.19.5', '20.20.2', '22.0.0', '100.1.0']) {
      expect(isAtLeast(found, '20.19'), found).to.equal(true);
    }
    for (const found of ['20.18.9', '20.2.0', '18.20.0', '9.99.99']) {
      expect(isAtLeast(found, '20.19'), found).to.equal(false);
    }
  });
});
