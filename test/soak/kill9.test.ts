import { killAndRecover } from '../support/kill9.ts';

describe('a server that is killed while it writes, at length', function () {
  this.timeout(3_000_000);

  it('loses nothing acknowledged and does nothing twice, 200 times', () => killAndRecover(200));
});
