import { expect } from 'chai';
import * as fc from 'fast-check';
import { boundsOf, padded } from '../../../client/map/bounds.ts';
import { outlineShade } from '../../../client/map/colour.ts';
import { HATCH_SIZE, hatchImage } from '../../../client/map/hatch.ts';
import { picked } from '../../../client/map/pick.ts';
import { metresPerPixel, scaleBar } from '../../../client/map/scale_bar.ts';
import { buildStyle, outside, zoneLayers } from '../../../client/map/style.ts';

/** Contrast ratio of WCAG 2 in the older wording (0.03928), written here once more. */
function contrast(a: string, b: string): number {
  const [light, dark] = [a, b]
    .map((hex) => {
      const [red, green, blue] = [1, 3, 5].map((at) => {
        const v = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
        return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue! + 0.05;
    })
    .sort((x, y) => y - x);
  return light! / dark!;
}
const hex = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);

describe('outlines of zones', () => {
  it('stand out from irrigated land, dry land and paper by 3 : 1', () => {
    fc.assert(
      fc.property(hex, (colour) => {
        for (const ground of ['#F8E71C', '#FFFBB1', '#F4F1E8']) {
          expect(contrast(outlineShade(colour), ground), `${colour} on ${ground}`).to.be.greaterThan(3);
        }
      }),
    );
  });

  it('keep a colour that is dark enough, and what is not a colour', () => {
    expect(outlineShade('#0f5a3c')).to.equal('#0f5a3c');
    expect(outlineShade('red')).to.equal('red');
  });
});

describe('hatches', () => {
  const shown = (index: number) => {
    const { data } = hatchImage('#102030', index);
    return Array.from({ length: HATCH_SIZE ** 2 }, (_, i) => data[i * 4 + 3] === 255);
  };
  it('are four that differ, each with room to see the land through', () => {
    const patterns = [0, 1, 2, 3].map(shown);
    expect(new Set(patterns.map(String)).size).to.equal(4);
    for (const pattern of patterns)
      expect(pattern.filter(Boolean).length).to.be.within(8, HATCH_SIZE ** 2 / 3);
  });
});

describe('the scale bar', () => {
  it('stands for a round length, as long as fits', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e5, noNaN: true }), (perPixel) => {
        const bar = scaleBar(perPixel, 90)!;
        expect(bar.pixels).to.be.within(90 / 2.5 - 1e-6, 90 + 1e-6);
        expect(bar.metres.toExponential(0)).to.match(/^[125]e/);
        expect(bar.metres).to.be.closeTo(bar.pixels * perPixel, bar.metres * 1e-9);
      }),
    );
  });

  it('knows the size of a Web Mercator tile: 156543.03 m per 256 px pixel at zoom 0', () => {
    expect(metresPerPixel(0, 0)).to.be.closeTo(156543.03 / 2, 0.01);
    expect(metresPerPixel(60, 10)).to.be.closeTo(156543.03 / 2 / 2 / 1024, 0.001);
  });
});

describe('bounds', () => {
  it('hold every position and pass over what is not finite', () => {
    const geometries = [
      { type: 'Point' as const, coordinates: [113, 35] },
      {
        type: 'LineString' as const,
        coordinates: [
          [112, 36],
          [Number.NaN, 1],
          [112.5, 34],
        ],
      },
    ];
    expect(boundsOf(geometries)).to.deep.equal([112, 34, 113, 36]);
    expect(boundsOf([])).to.equal(null);
  });

  it('of a point have room around it', () => {
    const [west, south, east, north] = padded([113, 35, 113, 35], 0.1);
    expect(east - west).to.be.greaterThan(0);
    expect(north - south).to.be.greaterThan(0);
  });
});

describe('the style', () => {
  const zones = [{ layer: 'geohazard', title: 'G', colour: '#7b3294' }];
  it('asks nobody for anything: no address, no glyphs, no sprite', () => {
    const style = buildStyle(null, [{ code: '0102', colour: '#F8E71C' }], zones, []);
    expect(JSON.stringify(style)).not.to.match(/https?:/);
    expect(style).not.to.have.any.keys('glyphs', 'sprite');
  });

  it('has every layer that a zone’s switch turns', () => {
    const ids = buildStyle(null, [], zones, []).layers.map(({ id }) => id);
    expect(ids).to.include.members(zoneLayers('geohazard'));
  });

  it('leaves the village out of what it veils', () => {
    const ring = [
      [1, 1],
      [2, 1],
      [2, 2],
      [1, 1],
    ];
    const veil = outside({ type: 'MultiPolygon', coordinates: [[ring], [ring, ring]] });
    const geometry = veil.features[0]!.geometry;
    expect(geometry.type === 'Polygon' && geometry.coordinates.slice(1)).to.deep.equal([ring, ring]);
    expect(outside(null).features).to.deep.equal([]);
  });
});

describe('a tap', () => {
  it('names each layer and class once, and not what the map itself drew', () => {
    const found = picked([
      { source: 'shapes', properties: { id: 'x' } },
      { source: 'geohazard', properties: { code: 'a', name: 'A' } },
      { source: 'geohazard', properties: { code: 'a', name: 'A' } },
      { source: 'land_use', properties: { code: '0102', name: '水浇地', area_mu: 2.5 } },
      { source: 'outside', properties: {} },
    ]);
    expect(found.map(({ layer, code, area_mu }) => [layer, code, area_mu])).to.deep.equal([
      ['geohazard', 'a', null],
      ['land_use', '0102', 2.5],
    ]);
  });
});
