import { killAndRecover } from '../support/kill9.ts';

describe('a server that is killed while it writes', function () {
  this.timeout(300_000);
  // whether a kill cuts a job off is left to chance, and a run in which none did has proved too little
  this.retries(2);

  it('loses nothing acknowledged and does nothing twice, 6 times', () => killAndRecover(6));
});
