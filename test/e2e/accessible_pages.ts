import type { Page } from 'playwright-core';
import type { CheckAnswer, Village, VillageList } from '../../server/contract/index.ts';
import { mapIsIdle } from './pages_under_test.ts';

export interface Places {
  village: string;
  check: string;
}

/** A village with land, and a verdict on about 20 × 20 m in its middle. */
export async function findPlaces(url: string): Promise<Places> {
  const list = (await (await fetch(`${url}/api/villages?limit=1`)).json()) as VillageList;
  const village = list.villages[0]!.code;
  const { bbox } = (await (await fetch(`${url}/api/villages/${village}`)).json()) as Village;
  const [west, south, east, north] = bbox!;
  const [x, y] = [(west + east) / 2, (south + north) / 2];
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

export interface PageCase {
  name: string;
  path(places: Places): string;
  /** what tells that the page stands there whole */
  shows: string;
  map?: true;
  /** login of the made-up person who sees it */
  as?: string;
}

/** Every page there is, and one that has nothing to show. */
export const PAGE_CASES: PageCase[] = [
  { name: 'home', path: () => '/', shows: '[data-testid=village-list]' },
  { name: 'village', path: ({ village }) => `/v/${village}`, shows: '[data-testid=tab-check]', map: true },
  { name: 'file', path: () => '/check', shows: '[data-testid=run-check]' },
  { name: 'verdict', path: ({ check }) => `/checks/${check}`, shows: '[data-testid=verdict]', map: true },
  { name: 'rules', path: () => '/rules?activity=house', shows: '[data-testid=rule-sources]' },
  { name: 'privacy', path: () => '/privacy', shows: '[data-testid=kept-record]' },
  { name: 'sign in', path: () => '/sign-in', shows: '[data-testid=demonstration]' },
  { name: 'own account', path: () => '/me', shows: '[data-testid=trail-entry]', as: 'demo.planner' },
  { name: 'planner', path: () => '/planner', shows: '[data-testid=planner-empty]', as: 'demo.planner' },
  { name: 'nothing there', path: () => '/checks/none', shows: '[data-testid=failure]' },
];

export async function visit(page: Page, url: string, of: PageCase, places: Places): Promise<void> {
  if (of.as !== undefined)
    await page.context().request.post(`${url}/api/sessions`, { data: { demonstration_login: of.as } });
  await page.goto(url + of.path(places));
  await page.waitForSelector(of.shows, { timeout: 60_000 });
  if (of.map) await mapIsIdle(page);
}

/** What has the focus, as one who sees the page would know it; null: nothing has. */
export function focused(
  page: Page,
): Promise<{ what: string; width: number; ring: boolean; covered: boolean } | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return null;
    // an input that is hidden behind its label is seen as its label
    const hidden = element.getBoundingClientRect().width <= 1 && element.id !== '';
    const shown = (hidden ? document.querySelector(`label[for="${element.id}"]`) : null) ?? element;
    const box = shown.getBoundingClientRect();
    const style = getComputedStyle(shown);
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
    return {
      what: element.getAttribute('aria-label') ?? shown.textContent ?? '',
      width: box.width,
      ring: style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2,
      covered: top === null || !(shown.contains(top) || top.contains(shown)),
    };
  });
}
