import type { BrowserContextOptions } from 'playwright-core';
import type { Village, VillageList, VillageMap } from '../../server/contract/index.ts';
import { PHONE } from '../support/chromium.ts';

export const NARROW: BrowserContextOptions = { ...PHONE, viewport: { width: 360, height: 740 } };
export const LAPTOP: BrowserContextOptions = {
  viewport: { width: 1366, height: 768 },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
};
export const TABLET: BrowserContextOptions = {
  viewport: { width: 768, height: 1024 },
  hasTouch: true,
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
};

/** A village with land, and the middle of its bounds (lon, lat). */
export async function aVillage(url: string): Promise<Village & { middle: [number, number] }> {
  const list = (await (await fetch(`${url}/api/villages?limit=1`)).json()) as VillageList;
  const code = list.villages[0]!.code;
  const village = (await (await fetch(`${url}/api/villages/${code}`)).json()) as Village;
  const [west, south, east, north] = village.bbox!;
  return { ...village, middle: [(west + east) / 2, (south + north) / 2] };
}

/** A position inside a zone of a village, away from its border: the middle of the largest ring's widest row. */
export async function insideZone(url: string, code: string, layer: string): Promise<[number, number]> {
  const map = (await (await fetch(`${url}/api/villages/${code}/map`)).json()) as VillageMap;
  type Rings = [number, number][][];
  const features = map.layers[layer].features as {
    geometry: { type: string; coordinates: Rings | Rings[] };
  }[];
  const parts = features.flatMap(({ geometry }) =>
    geometry.type === 'Polygon' ? [geometry.coordinates as Rings] : (geometry.coordinates as Rings[]),
  );
  let best = { width: 0, at: [0, 0] as [number, number] };
  for (const rings of parts) {
    const lats = rings[0]!.map(([, lat]) => lat);
    for (let i = 1; i < 20; i += 1) {
      const lat = Math.min(...lats) + ((Math.max(...lats) - Math.min(...lats)) * i) / 20;
      const crossings = rings
        .flatMap((ring) =>
          ring.slice(1).flatMap(([x2, y2], k) => {
            const [x1, y1] = ring[k]!;
            return y1 > lat !== y2 > lat ? [x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1)] : [];
          }),
        )
        .sort((a, b) => a - b);
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        const width = crossings[k + 1]! - crossings[k]!;
        if (width > best.width) best = { width, at: [(crossings[k]! + crossings[k + 1]!) / 2, lat] };
      }
    }
  }
  return best.at;
}
