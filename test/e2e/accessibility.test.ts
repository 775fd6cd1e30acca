import { expect } from 'chai';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { CheckAnswer, VillageList } from '../../server/contract/index.ts';
import { axeFaults } from '../support/axe.ts';
import { DESK, PHONE, screenshot } from '../support/chromium.ts';
import { mapIsIdle, openPage, pagesUnderTest, sideScroll } from './pages_under_test.ts';

const NARROW: BrowserContextOptions = { ...PHONE, viewport: { width: 360, height: 740 } };
const TABLET: BrowserContextOptions = { ...DESK, viewport: { width: 768, height: 1024 } };
const LAPTOP: BrowserContextOptions = { ...DESK, viewport: { width: 1366, height: 768 } };

interface Places {
  village: string;
  check: string;
}

/** A village with land, and a verdict on 20 × 20 m in its middle. */
async function findPlaces(url: string): Promise<Places> {
  const list = (await (await fetch(`${url}/api/villages?limit=1`)).json()) as VillageList;
  const village = list.villages[0]!.code;
  const { bbox } = (await (await fetch(`${url}/api/villages/${village}`)).json()) as {
    bbox: [number, number, number, number];
  };
  const [x, y] = [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2];
  const [dx, dy] = [0.00011, 0.00009];
  const ring = [
    [x - dx, y - dy],
    [x + dx, y - dy],
    [x + dx, y + dy],
    [x - dx, y + dy],
    [x - dx, y - dy],
  ];
  const response = await fetch(`${url}/api/checks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ activity: 'house', geometry: { type: 'Polygon', coordinates: [ring] } }),
  });
  return { village, check: ((await response.json()) as CheckAnswer).id };
}

/** Every page, what tells that it stands there whole, and whether it has a map. */
const PAGES: { name: string; path(places: Places): string; shows: string; map?: true }[] = [
  { name: 'home', path: () => '/', shows: '[data-testid=village-list]' },
  { name: 'village', path: ({ village }) => `/v/${village}`, shows: '[data-testid=tab-check]', map: true },
  { name: 'file', path: () => '/check', shows: '[data-testid=run-check]' },
  { name: 'verdict', path: ({ check }) => `/checks/${check}`, shows: '[data-testid=verdict]', map: true },
  { name: 'rules', path: () => '/rules?activity=facility', shows: '[data-testid=rule-sources]' },
  { name: 'nothing there', path: () => '/checks/none', shows: '[data-testid=failure]' },
];

async function visit(
  page: Page,
  url: string,
  of: (typeof PAGES)[number],
  places: Places,
  options: { language?: string; large?: boolean } = {},
): Promise<void> {
  await page.addInitScript(
    ([language, large]) => {
      localStorage.setItem('cunma.language', language!);
      localStorage.setItem('cunma.large_type', large!);
    },
    [options.language ?? 'zh', options.large ? 'yes' : 'no'],
  );
  await page.goto(url + of.path(places));
  await page.waitForSelector(of.shows, { timeout: 60_000 });
  if (of.map) await mapIsIdle(page);
}

/** What has the focus, as one who cannot see the page and one who can would know it. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return null;
    const box = element.getBoundingClientRect();
    // an input that is hidden behind its label is seen as its label
    const shown =
      box.width <= 1 && element.id !== ''
        ? (document.querySelector(`label[for="${element.id}"]`) ?? element)
        : element;
    const place = shown.getBoundingClientRect();
    const style = getComputedStyle(shown);
    const [x, y] = [place.x + place.width / 2, place.y + Math.min(place.height / 2, 20)];
    const top = document.elementFromPoint(x, y);
    return {
      what: `${element.tagName.toLowerCase()}${element.id === '' ? '' : `#${element.id}`} "${(
        element.getAttribute('aria-label') ?? shown.textContent ?? ''
      ).slice(0, 30)}"`,
      width: place.width,
      ring: style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2,
      covered: top === null || !(shown.contains(top) || top.contains(shown)),
    };
  });

describe('accessibility', function () {
  this.timeout(240_000);
  let places: Places;
  before(async () => {
    const { server } = await pagesUnderTest();
    places = await findPlaces(server.url);
  });

  for (const of of PAGES) {
    describe(of.name, () => {
      for (const language of ['zh', 'en'])
        for (const large of [false, true])
          it(`has no fault that axe knows, ${language}${large ? ', large type, phone' : ', laptop'}`, async () => {
            const { page, url } = await openPage(large ? NARROW : LAPTOP);
            await visit(page, url, of, places, { language, large });
            expect(await page.evaluate(() => document.documentElement.lang)).to.match(
              language === 'zh' ? /^zh/ : /^en/,
            );
            expect(await axeFaults(page)).to.deep.equal([]);
            await page.context().close();
          });

      it('never scrolls sideways: 320 px, large type at 360 px, a laptop zoomed to 200 %', async () => {
        for (const [width, large] of [
          [320, false],
          [360, true],
          [683, false],
          [683, true],
        ] as const) {
          const { page, url } = await openPage({ ...DESK, viewport: { width, height: 740 } });
          await visit(page, url, of, places, { large, language: 'en' });
          expect(await sideScroll(page), `${width} px${large ? ', large type' : ''}`).to.be.at.most(0);
          await page.context().close();
        }
      });

      it('can be walked by keyboard: each stop is seen, marked, and not covered', async () => {
        const { page, url } = await openPage(LAPTOP);
        await visit(page, url, of, places);
        const stops: string[] = [];
        for (let i = 0; i < 150; i++) {
          await page.keyboard.press('Tab');
          const at = await focused(page);
          if (at === null) break;
          expect(at.width, at.what).to.be.greaterThan(1);
          expect(at.ring, `${at.what}: no ring`).to.equal(true);
          expect(at.covered, `${at.what}: covered`).to.equal(false);
          stops.push(at.what);
        }
        expect(stops.length).to.be.greaterThan(2);
        expect(stops[0], 'the first stop leads past the header').to.contain('#main');
        await page.context().close();
      });
    });
  }

  for (const [name, options] of [
    ['360', NARROW],
    ['768', TABLET],
    ['1366', LAPTOP],
  ] as const)
    it(`pages for eyes, ${name} px`, async () => {
      for (const of of PAGES) {
        const { page, url } = await openPage(options);
        await visit(page, url, of, places);
        await screenshot(page, `page_${of.name.replaceAll(' ', '_')}_${name}`);
        await page.context().close();
      }
    });
});
