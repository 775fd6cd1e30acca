import { expect } from 'chai';
import type { OverlayAnswer } from '../../server/contract/index.ts';
import { comb } from '../support/adversarial_shapes.ts';
import { type Served, serve } from '../support/serve.ts';
import { cells, polygon } from '../support/test_land.ts';

const SMALL = [0, 1, 2, 3].map((i) => polygon(cells(i + 0.1, 0.1, i + 0.9, 0.9)));
const LARGE = [300, 400, 500].map((teeth) => ({ type: 'Polygon', coordinates: comb(teeth) }));

/** Large overlays wait for their turn (lanes.ts), small ones never; here on one machine's connections at once. */
describe('overlays of all sizes at once', function () {
  this.timeout(120_000);
  let server: Served;
  before(async () => {
    server = await serve(undefined, { rateLimits: false });
  });
  after(() => server.close());

  const overlay = async (geometry: object): Promise<OverlayAnswer> => {
    const response = await fetch(`${server.base}/api/overlays`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ geometry }),
    });
    expect(response.status).to.equal(200);
    return (await response.json()) as OverlayAnswer;
  };

  it('are all answered, each as if it were alone', async () => {
    const shapes: object[] = [...SMALL, ...LARGE];
    const alone: OverlayAnswer[] = [];
    for (const shape of shapes) alone.push(await overlay(shape));
    const asked = Array.from({ length: 28 }, (_, i) => i % shapes.length);
    const together = await Promise.all(asked.map((i) => overlay(shapes[i]!)));
    together.forEach((answer, k) => {
      expect(answer).to.deep.equal(alone[asked[k]!]);
    });
  });

  it('leave nothing behind when callers go away while they wait', async () => {
    const leaving = new AbortController();
    const gone = Array.from({ length: 12 }, () =>
      fetch(`${server.base}/api/overlays`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ geometry: LARGE[2] }),
        signal: leaving.signal,
      }).catch(() => null),
    );
    leaving.abort();
    await Promise.all(gone);
    expect((await overlay(LARGE[0]!)).layers.length).to.be.greaterThan(10);
  });
});
