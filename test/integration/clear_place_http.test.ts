import { expect } from 'chai';
import type { ClearPlaceAnswer, ProblemBody } from '../../server/contract/index.ts';
import { serve } from '../support/serve.ts';
import { cells, polygon } from '../support/test_land.ts';

const HOUSE = polygon(cells(1.8, 0.2, 1.95, 0.3));

describe('POST /api/clear-places', () => {
  let base = '';
  let close: () => Promise<void>;
  before(async () => {
    ({ base, close } = await serve());
  });
  after(() => close());

  const post = async <T>(body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${base}/api/clear-places`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
    return { response, body: (await response.json()) as T };
  };

  it('answers whoever asks, in their language, and lets nobody keep it', async () => {
    const { response, body } = await post<ClearPlaceAnswer>(
      { geometry: HOUSE, activity: 'house' },
      { 'accept-language': 'en' },
    );
    expect(response.status).to.equal(200);
    expect(response.headers.get('cache-control')).to.equal('private, no-store');
    // the test land has no nature reserves, which a house requires: nobody can tell
    if (body.found) throw new Error('found');
    expect(body).to.include({ decided: false, radius_m: 100, rotate: false });
    expect(body.reason).to.match(/[Nn]ature reserve/);
  });

  const manyCorners = Array.from({ length: 201 }, (_, i) => {
    const angle = (2 * Math.PI * i) / 201;
    return [113.241 + Math.cos(angle) / 1e4, 35.216 + Math.sin(angle) / 1e4];
  });
  for (const [what, body, code] of [
    [
      'a shape larger than a small project',
      { geometry: polygon(cells(0, 0, 1, 1)), activity: 'house' },
      'area_too_large',
    ],
    [
      'more corners than a house has',
      { geometry: { type: 'Polygon', coordinates: [[...manyCorners, manyCorners[0]]] }, activity: 'house' },
      'too_many_vertices',
    ],
    [
      'a point',
      { geometry: { type: 'Point', coordinates: [113.241, 35.216] }, activity: 'house' },
      'invalid_request',
    ],
    ['a radius beyond the limit', { geometry: HOUSE, activity: 'house', radius_m: 301 }, 'invalid_request'],
    [
      'details of another activity',
      { geometry: HOUSE, activity: 'shed', details: { house: 'rebuild' } },
      'invalid_request',
    ],
  ] as const)
    it(`refuses ${what}`, async () => {
      const { response, body: problem } = await post<ProblemBody>(body);
      expect(problem.code).to.equal(code);
      expect(response.status).to.be.within(400, 422);
    });
});
