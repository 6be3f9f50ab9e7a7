import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBrowser } from '../helpers/browser.ts';
import { useViewer } from '../helpers/viewer-server.ts';

const lines = 400_000;

const browser = useBrowser();

const viewer = useViewer(
  async (repo) => {
    await repo.jci('run', '-q');
    const [ref = ''] = await repo.refs();
    return { path: `/jci/${ref.slice('refs/jci-runs/'.length)}/run.output.txt` };
  },
  { script: `printf '\\033[31mred\\033[0m line\\n'; printf ' 10%%\\r100%% done\\n'; seq -f 'line %.0f of the log' 3 ${lines}; echo needle at the end\n` },
);

const log = () => `${viewer.url}${viewer.made.path}`;
const row = (text: string): string => `[aria-label=Lines] > [role=listitem]:has-text(${JSON.stringify(text)})`;
const isOnScreen = (page: Page, text: string): Promise<boolean> =>
  page.locator(row(text)).evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });

describe('a log of many lines', () => {
  test('opens with its first lines, and few of them are in the page', () =>
    browser.withPage(async (page) => {
      await page.goto(log());
      await page.locator(row('line 9 of the log')).waitFor();
      expect(await page.locator('[aria-label=Lines] > [role=listitem]').count()).toBeLessThan(150);
    }));

  test('shows colours, and of a line that was written over what is left of it', () =>
    browser.withPage(async (page) => {
      await page.goto(log());
      const red = page.locator(`${row('red line')} .log-text span`, { hasText: /^red$/ });
      await red.waitFor();
      const [colour, around] = await red.evaluate((element) => [getComputedStyle(element).color, getComputedStyle(element.parentElement ?? element).color]);
      expect(colour).not.toBe(around);
      expect(await page.locator(`${row('100% done')} .log-text`).innerText()).toBe('100% done');
    }));

  test('is at its end with one key, and at its start with another', () =>
    browser.withPage(async (page) => {
      await page.goto(log());
      await page.locator(row('line 9 of the log')).waitFor();
      await page.keyboard.press('End');
      await page.locator(row('needle at the end')).waitFor();
      await page.keyboard.press('Home');
      await page.locator(row('line 9 of the log')).waitFor();
    }));

  test('is at the lines that the address names, and marks them', () =>
    browser.withPage(async (page) => {
      await page.goto(`${log()}#L300000-L300002`);
      await page.locator(row('line 299998 of the log')).waitFor();
      const chosen = page.locator('[aria-label=Lines] > .chosen');
      await chosen.nth(2).waitFor();
      expect(await chosen.count()).toBe(3);
      expect(await isOnScreen(page, (await chosen.nth(1).locator('.log-text').innerText()))).toBe(true);
    }));

  test('gives an address to the line whose number is clicked', () =>
    browser.withPage(async (page) => {
      await page.goto(log());
      await page.locator(row('line 9 of the log')).waitFor();
      const number = page.locator(row('line 9 of the log')).locator('.log-number');
      const text = await number.innerText();
      await number.click();
      await page.waitForURL(`**#L${text}`);
    }));

  test('is searched to its end, which is gone to', () =>
    browser.withPage(async (page) => {
      await page.goto(log());
      await page.locator(row('line 9 of the log')).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('needle AT');
      await page.getByText(/^(?:1 of 1|1 lines?)$/).waitFor();
      await page.keyboard.press('Enter');
      await page.locator(row('needle at the end')).waitFor();
      expect(await isOnScreen(page, 'needle at the end')).toBe(true);
      await page.getByRole('button', { name: 'Match case' }).click();
      await page.getByText('No hits').waitFor();
    }));
});
