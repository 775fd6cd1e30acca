import { expect } from 'chai';
import { drawnShape, type WorkShape } from '../../../client/check/shapes.ts';
import { doubtfulSize } from '../../../client/check/usual_sizes.ts';
import { metresPerPixel, zoomOf } from '../../../client/map/scale_bar.ts';

const ring = [
  [113, 35],
  [113.001, 35],
  [113, 35.001],
  [113, 35],
];
const shape = (id: string, area_m2: number | null): WorkShape => ({
  ...drawnShape({ type: 'Polygon', coordinates: [ring] }, area_m2),
  id,
});

describe('a size that is doubted', () => {
  it('is the largest one, where it is far too large for what is planned', () => {
    const shapes = [shape('plot', 200), shape('village', 194_079), shape('field', 20_000)];
    expect(doubtfulSize('house', shapes)?.shape.id).to.equal('village');
    expect(doubtfulSize('grave', [shape('plot', 250)])?.area_m2).to.equal(250);
  });

  it('is none where the size is usual, not known, or a whole field may be meant', () => {
    expect(doubtfulSize('house', [shape('plot', 200), shape('crossed', null)])).to.equal(null);
    expect(doubtfulSize('trees', [shape('field', 194_079)])).to.equal(null);
    expect(doubtfulSize(null, [shape('field', 194_079)])).to.equal(null);
  });
});

describe('the zoom of a scale', () => {
  it('shows as many metres per pixel as were asked for', () => {
    for (const latitude of [0, 21.5, 35.2, 53]) {
      expect(metresPerPixel(latitude, zoomOf(latitude, 0.3))).to.be.closeTo(0.3, 1e-9);
    }
  });
});
