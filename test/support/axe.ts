import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** WCAG 2.2 A and AA, and what axe calls best practice: landmarks, order of headings. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** What axe finds wrong on `page` as it stands: a line for each rule with the places, empty where nothing is. */
export async function axeFaults(page: Page): Promise<string[]> {
  // evaluated through the debugger: the page's own policy lets no foreign script in
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async (tags) => {
    const engine = (window as unknown as { axe: typeof axe }).axe;
    const result = await engine.run(document, { runOnly: { type: 'tag', values: tags } });
    return result.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      places: nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`),
    }));
  }, TAGS);
  return violations.map(({ id, help, places }) => `${id}: ${help}\n${places.join('\n')}`);
}
