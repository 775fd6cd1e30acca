import type { Locator, Page } from 'playwright-core';

const FINGER_PX = 48;

/** Controls of a part of the page that are smaller than a finger or covered by something, each in words. */
export async function unreachable(part: Locator): Promise<string[]> {
  const found: string[] = [];
  for (const control of await part.locator('button, summary, textarea, input, a').all()) {
    if (!(await control.isVisible()) || (await control.isDisabled())) continue;
    const name = await control.evaluate(
      (e) => `${e.tagName} ${e.getAttribute('data-testid') ?? e.textContent}`,
    );
    await control.scrollIntoViewIfNeeded();
    // a small box is as large as the label around it
    const target = control.locator('xpath=ancestor-or-self::*[self::label or self::button or self::a][1]');
    const box = await ((await target.count()) > 0 ? target : control).boundingBox();
    if (box === null || box.height < FINGER_PX - 0.5 || box.width < FINGER_PX - 0.5) {
      found.push(`${name} is ${box?.width} × ${box?.height} px`);
    }
    await control.click({ trial: true, timeout: 3000 }).catch(() => found.push(`${name} is covered`));
  }
  return found;
}

/** Buttons that lie on one another, in what is seen now. */
export function overlapping(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const seen = [
      ...document.querySelectorAll<HTMLElement>('.map-button, .way button, .way summary, .way input'),
    ]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ element, box }) => {
        if (box.width === 0) return false;
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return top !== null && (element.contains(top) || top.contains(element));
      });
    const faults: string[] = [];
    seen.forEach(({ element, box }, i) => {
      for (const other of seen.slice(i + 1)) {
        // what scrolls away below the foot is not lying on it
        if (element.closest('.way-foot') !== other.element.closest('.way-foot')) continue;
        const apart =
          box.right <= other.box.left + 1 ||
          other.box.right <= box.left + 1 ||
          box.bottom <= other.box.top + 1 ||
          other.box.bottom <= box.top + 1;
        if (!apart)
          faults.push(`${element.outerHTML.slice(0, 80)} and ${other.element.outerHTML.slice(0, 80)}`);
      }
    });
    return faults;
  });
}
