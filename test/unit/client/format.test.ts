import { expect } from 'chai';
import * as fc from 'fast-check';
import { mu, percent, roughSquareMetres, squareMetres, toMu } from '../../../client/text/format.ts';

const positive = fc.double({ min: Number.MIN_VALUE, max: 1e9, noNaN: true });
const value = (figure: string) => Number(figure.replaceAll(',', '').replace(/[<>%]/g, ''));

describe('figures', () => {
  it('never print something positive as nothing', () => {
    fc.assert(
      fc.property(positive, (area) => {
        for (const figure of [squareMetres(area), mu(area)])
          expect(value(figure), figure).to.be.greaterThan(0);
        expect(value(roughSquareMetres(area))).to.be.greaterThan(0);
      }),
    );
  });

  it('print two decimals within half a hundredth', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e9, noNaN: true }), (area) => {
        expect(squareMetres(area)).to.match(/^[\d,]+\.\d\d$/);
        expect(value(squareMetres(area))).to.be.closeTo(area, 0.0050001);
      }),
    );
  });

  it('say nothing and little apart', () => {
    expect(squareMetres(0)).to.equal('0.00');
    expect(mu(0.004)).to.equal('<0.01');
  });

  it('reckon a mu as a fifteenth of a hectare', () => {
    expect(toMu(10_000)).to.be.closeTo(15, 1e-12);
  });

  it('print all and nothing of a shape only when it is so', () => {
    expect(percent(1)).to.equal('100.0%');
    expect(percent(0.99999)).to.equal('>99.9%');
    expect(percent(0.00001)).to.equal('<0.1%');
    expect(percent(0)).to.equal('0.0%');
  });
});
