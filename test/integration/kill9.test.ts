import { killAndRecover } from '../support/kill9.ts';

describe('a server that is killed while it writes', function () {
  this.timeout(300_000);

  it('loses nothing acknowledged and does nothing twice, 10 times', () => killAndRecover(10));
});
