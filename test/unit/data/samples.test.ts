import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import iconv from 'iconv-lite';
import { DEMONSTRATION_VILLAGE } from '../../../data/demonstration/index.ts';
import { boundaryPointFile } from '../../../data/demonstration/samples/boundary_point_file.ts';
import { fromLocalZone } from '../../../server/geometry/projection.ts';
import { intersection, read } from './jsts.ts';
import { loadedCounties } from './land.ts';

const bytes = readFileSync(
  new URL('../../../data/demonstration/samples/two_house_plots.txt', import.meta.url),
);
const text = iconv.decode(bytes, 'gbk');

/** The plots as polygons, read here by hand: X is the northing. */
function plots() {
  const parcels: [number, number][][] = [];
  for (const line of text.split('\r\n')) {
    if (line.endsWith(',@')) parcels.push([]);
    const point = /^J\d+,1,(\d{7}\.\d{3}),38(\d{6}\.\d{3})$/.exec(line);
    if (point) parcels.at(-1)!.push(fromLocalZone(Number(point[2]), Number(point[1]), 114));
  }
  return parcels.map((ring) => ({ type: 'Polygon' as const, coordinates: [ring] }));
}

describe('sample boundary points', function () {
  this.timeout(60_000);

  it('are what the generator makes, in GBK with CRLF', () => {
    expect(text).to.equal(boundaryPointFile());
    expect(bytes.equals(iconv.encode(text, 'gbk'))).to.equal(true);
    expect(text.replaceAll('\r\n', '')).not.to.match(/[\r\n]/);
  });

  it('one plot lies in part in protected farmland, the other on house land, both in the village', () => {
    const { layers, county, middle } = loadedCounties()[0]!;
    const within = (layer: string, code: string, plot: ReturnType<typeof plots>[number]): number =>
      layers
        .get(layer)!
        .filter((f) => f.class_code === code)
        .reduce((sum, f) => sum + intersection(read(f.geometry, middle), read(plot, middle)).getArea(), 0);
    const village = county.divisions.find((d) => d.code === DEMONSTRATION_VILLAGE)!;
    const [across, among] = plots();
    for (const plot of [across!, among!]) {
      const size = read(plot, middle).getArea();
      expect(size).to.be.closeTo(130, 1);
      expect(intersection(read(plot, middle), read(village.geometry, middle)).getArea()).to.be.closeTo(
        size,
        1e-3,
      );
    }
    expect(within('permanent_basic_farmland', 'pbf', across!)).to.be.within(20, 100);
    expect(within('permanent_basic_farmland', 'pbf', among!)).to.be.lessThan(1e-6);
    expect(within('land_use', '0702', among!)).to.be.closeTo(read(among!, middle).getArea(), 1e-3);
  });
});
