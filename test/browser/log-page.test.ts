import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBrowser } from '../helpers/browser.ts';
import { rowOf, untilSeen } from './log-rows.ts';
import { useViewer } from '../helpers/viewer-server.ts';

const browser = useBrowser();

/** Two runs whose first error is in a step that did not fail. */
const viewer = useViewer(
  async (repo) => {
    await repo.jci('run', '-q');
    await repo.jci('run', '-q');
    const [one = '', other = ''] = (await repo.refs()).map((ref) => `/jci/${ref.slice('refs/jci-runs/'.length)}`);
    return [one, other] as const;
  },
  {
    script: `
git jci step tries -- sh -c 'echo "error: this is only a try"; seq -f "try %.0f" 1 100'
git jci step tests -- sh -c 'seq -f "test %.0f" 1 100; echo "error: it went wrong"; seq -f "after %.0f" 1 100; exit 3'
`,
  },
);

const long = useViewer(async (repo) => (await repo.jci('run', '-q'), `/jci/${(await repo.refs())[0]?.slice('refs/jci-runs/'.length) ?? ''}`), {
  script: 'seq -f "line %.0f" 1 500000; exit 1',
});

const log = (): string => `${viewer.url}${viewer.made[0]}/run.output.txt`;
const head = (name: string): string => `[aria-label=Lines] > .head:has-text(${JSON.stringify(name)})`;
const lineOf = (page: Page, name: string): Promise<string> => page.locator(`[aria-label=Lines] > .${name} .log-number`).innerText();

describe('the log of a run', () => {
  test('opens at the line that the page of the run calls the first error', () =>
    browser.withTab(async (page) => {
      await page.goto(`${viewer.url}${viewer.made[0]}`);
      const words = await page.getByRole('region', { name: /^First error/ }).getByRole('link', { name: /^Line \d+ of the log$/ }).innerText();
      await page.goto(log());
      await untilSeen(page, 'error: it went wrong');
      expect(`Line ${await lineOf(page, 'current')} of the log`).toBe(words);
    }));

  test('has the other pages of the run beside it, and what can be done with it, without being loaded anew', () =>
    browser.withTab(async (page) => {
      await page.goto(log());
      await page.evaluate(() => Reflect.set(window, 'loadedOnce', true));
      const tabs = page.getByRole('navigation', { name: 'Run' });
      expect(await tabs.getByRole('link', { name: 'Log' }).getAttribute('aria-current')).toBe('page');
      await page.getByRole('button', { name: 'Rerun' }).waitFor();
      await page.keyboard.press('r');
      await page.getByRole('dialog', { name: 'Run this again?' }).getByRole('button', { name: 'Leave it' }).click();
      await page.keyboard.press('t');
      await page.getByText('This run has no tests').waitFor();
      await tabs.getByRole('link', { name: 'Log' }).click();
      await page.locator(rowOf('error: it went wrong')).waitFor();
      await tabs.getByRole('link', { name: 'Summary' }).click();
      await page.getByRole('heading', { name: 'Artefacts', exact: true }).waitFor();
      expect(await page.evaluate(() => Reflect.get(window, 'loadedOnce') as unknown)).toBe(true);
    }));

  test('has no steps of the run that was shown before', () =>
    browser.withTab(async (page) => {
      const [, other] = viewer.made;
      await page.goto(log());
      await page.locator(head('tests')).or(page.getByRole('button', { name: 'Fold tests' })).waitFor();
      let answer: () => void = () => undefined;
      const asked = new Promise<void>((resolve) => (answer = resolve));
      await page.route(`**/api/commit/**`, async (route) => {
        await asked;
        await route.continue();
      });
      await page.evaluate((to) => {
        history.pushState(null, '', to);
        dispatchEvent(new PopStateEvent('popstate'));
      }, `${other}/run.output.txt`);
      await page.locator(rowOf('this is only a try')).waitFor();
      expect(await page.locator('[aria-label=Lines] > .head').count()).toBe(0);
      answer();
      await untilSeen(page, 'error: it went wrong');
    }));

  test('that is not there is not listened to', () =>
    browser.withPage(
      async (page) => {
        const listened: string[] = [];
        page.on('request', (request) => listened.push(...(/\/api\/log\/.*\/events$/.exec(request.url()) ?? [])));
        const told = page.waitForResponse('**/lines?*');
        await page.goto(`${viewer.url}${viewer.made[0].replace(/.$/, 'x')}/run.output.txt`);
        expect((await told).status()).toBe(404);
        await page.getByRole('alert').waitFor();
        expect(listened).toEqual([]);
      },
      { expected: /Failed to load resource.*404/ },
    ));

  test('has keys that choose lines, wherever the focus is', () =>
    browser.withTab(async (page) => {
      await page.goto(log());
      await untilSeen(page, 'error: it went wrong');
      await page.getByRole('button', { name: 'Copy link' }).focus();
      const line = Number(await lineOf(page, 'current'));
      const press = async (key: string, hash: string): Promise<void> => {
        await page.keyboard.press(key);
        expect(await page.evaluate(() => location.hash)).toBe(hash);
      };
      await press('j', `#L${line}`);
      await press('j', `#L${line + 1}`);
      await press('J', `#L${line + 1}-L${line + 2}`);
      await press('J', `#L${line + 1}-L${line + 3}`);
      await press('K', `#L${line + 1}-L${line + 2}`);
      expect(await page.locator('[aria-label=Lines] > .chosen').count()).toBe(2);
      await press('k', `#L${line + 1}`);
      await press('K', `#L${line}-L${line + 1}`);
      await press('Escape', '');
      await page.locator('[aria-label=Lines] > .chosen').first().waitFor({ state: 'detached' });
      await page.keyboard.press('Home');
      await page.locator(rowOf('this is only a try')).waitFor();
      await page.keyboard.press('Control+a');
      await page.locator('.log-frame.all').waitFor();
      await page.keyboard.press('Control+f');
      expect(await page.getByRole('searchbox', { name: 'Search the log' }).evaluate((element) => element === document.activeElement)).toBe(true);
    }));

  test('has a line no longer chosen once its number is clicked again', () =>
    browser.withTab(async (page) => {
      await page.goto(`${log()}#L3`);
      const number = page.locator('[aria-label=Lines] > .chosen .log-number');
      await number.click();
      await number.waitFor({ state: 'detached' });
      expect(await page.evaluate(() => location.hash)).toBe('');
    }));

  test('tells of all its keys, each once and under one name', () =>
    browser.withTab(async (page) => {
      await page.goto(log());
      await page.getByRole('button', { name: 'Rerun' }).waitFor();
      await page.keyboard.press('?');
      const keys = page.getByRole('dialog', { name: 'Keys' });
      expect(await keys.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
      const names = await keys.getByRole('heading', { level: 2 }).allInnerTexts();
      expect(names).toEqual([...new Set(names)]);
      const all = await keys.locator('kbd').allInnerTexts();
      expect(all).toEqual([...new Set(all)]);
      expect(all).toEqual(expect.arrayContaining(['Home', 'End', 'G', 'ArrowDown', 'Ctrl-a', 'j', 'J', 's', 't', 'a', 'r']));
      expect(await keys.getByRole('definition').filter({ hasText: 'Previous step' }).count()).toBe(1);
      expect(await keys.getByText('Previous run of this commit').count()).toBe(0);
    }));

  test('has a name for what folds the step above', () =>
    browser.withTab(async (page) => {
      await page.goto(log());
      await untilSeen(page, 'error: it went wrong');
      await page.getByRole('button', { name: 'Fold tests' }).click();
      await page.locator(`${head('tests')}:has(button[aria-expanded=false])`).waitFor();
    }));
});

test('the end of a log that has to be read first is its end', () =>
  browser.withTab(async (page) => {
    await page.goto(`${long.url}${long.made}`);
    const rows = page.getByRole('region', { name: 'The end of the log' }).locator('.tail-row');
    await rows.first().waitFor();
    expect(await rows.allInnerTexts()).toContainEqual(expect.stringMatching(/line 500000$/));
  }));
