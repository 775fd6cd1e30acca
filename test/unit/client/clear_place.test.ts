import { expect } from 'chai';
import { clearPlaceQuestion, turnOf, wayMetres } from '../../../client/verdict/clear_place_question.ts';
import type { CheckAnswer } from '../../../server/contract/index.ts';

/** A regular polygon with so many corners, closed. */
function ring(corners: number): number[][] {
  const points = Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners;
    return [113 + Math.cos(angle) / 1e4, 35 + Math.sin(angle) / 1e4];
  });
  return [...points, points[0]!];
}
const answer = (change: Partial<CheckAnswer> = {}): CheckAnswer =>
  ({
    outcome: 'conflict',
    activity: 'house',
    details: { house: 'new_plot' },
    area_m2: 120,
    geometry: { type: 'MultiPolygon', coordinates: [[ring(4)]] },
    ...change,
  }) as CheckAnswer;

describe('another place', () => {
  it('is offered for a house in conflict, with what was asked about it', () => {
    const { geometry, activity, details } = answer();
    expect(clearPlaceQuestion(answer())).to.deep.equal({ geometry, activity, details });
  });

  it('is not offered where nothing is in conflict, for points, and for what the server does not move', () => {
    for (const outcome of ['unknown', 'permit', 'clear'] as const)
      expect(clearPlaceQuestion(answer({ outcome }))).to.equal(null);
    expect(clearPlaceQuestion(answer({ area_m2: 2001 }))).to.equal(null);
    const shaped = (...rings: number[][][]) =>
      clearPlaceQuestion(answer({ geometry: { type: 'MultiPolygon', coordinates: [rings] } }));
    expect(shaped(ring(64)), 'the disc of a point').to.equal(null);
    expect(shaped(ring(201))).to.equal(null);
    expect(shaped(ring(200))).to.not.equal(null);
    expect(shaped(ring(150), ring(51))).to.equal(null);
  });

  it('is told no nearer than it is', () => {
    expect(wayMetres(12.4)).to.equal('12.4');
    expect(wayMetres(12.41)).to.equal('12.5');
    expect(wayMetres(0.01)).to.equal('0.1');
    expect(wayMetres(100)).to.equal('100.0');
  });

  it('is turned in whole degrees, to the right or to the left, or not at all', () => {
    expect(turnOf(0)).to.equal(null);
    expect(turnOf(0.4)).to.equal(null);
    expect(turnOf(44.6)).to.deep.equal({ way: 'right', degrees: 45 });
    expect(turnOf(-15)).to.deep.equal({ way: 'left', degrees: 15 });
  });
});
