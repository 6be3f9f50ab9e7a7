import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { useBrowser } from '../helpers/browser.ts';
import { makeFakeRuns } from '../helpers/fake-runs.ts';
import { withRepo } from '../helpers/repo.ts';
import { withViewer } from '../helpers/viewer-server.ts';

const browser = useBrowser();

const rows = '[role=list][aria-label=Commits] > [role=listitem]';

const toEnd = (page: Page): Promise<void> => page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));

test('more tabs than a browser has connections show a new commit, also when the tab that listens is closed', () =>
  withRepo(async (repo) => {
    await makeFakeRuns(repo, { count: 3 });
    await withViewer(repo, ({ url }) =>
      browser.withPage(async (page) => {
        const tabs: Page[] = [page];
        for (let number = 1; number < 8; number += 1) tabs.push(await page.context().newPage());
        for (const tab of tabs) {
          await tab.goto(url);
          await tab.locator(rows).first().waitFor();
        }
        await repo.commit({ 'a.txt': 'a' }, 'seen by all');
        for (const tab of tabs) await tab.locator(rows, { hasText: 'seen by all' }).waitFor();
        const [listening, ...others] = tabs;
        await listening?.goto('about:blank');
        await repo.commit({ 'a.txt': 'b' }, 'seen by the others');
        for (const tab of others) await tab.locator(rows, { hasText: 'seen by the others' }).waitFor();
      }),
    );
  }));

test('commits that were taken back go, and none is there twice', () =>
  withRepo(async (repo) => {
    await makeFakeRuns(repo, { count: 130 });
    await withViewer(repo, ({ url }) =>
      browser.withPage(async (page) => {
        await page.goto(url);
        await page.locator(rows, { hasText: 'change 129 of main' }).waitFor();
        await repo.git('reset', '--quiet', '--hard', 'HEAD~3');
        await page.locator(rows, { hasText: 'change 129 of main' }).waitFor({ state: 'detached' });
        await repo.commit({ 'a.txt': 'a' }, 'new');
        await page.locator(rows, { hasText: 'new' }).waitFor();
        // Once for each part: behind the first there is nothing yet. Not by keys: Chromium goes to an end that is a frame old.
        await toEnd(page);
        await page.waitForFunction(() => document.querySelector('[role=list][aria-label=Commits]')?.getBoundingClientRect().height === 128 * 48);
        await toEnd(page);
        await page.locator(rows, { hasText: 'change 0 of main' }).waitFor();
        // Looked at once: the window may still be moving, and which rows are in the page with it.
        const shown = await page.locator(`${rows} .item-title`).allInnerTexts();
        expect(shown).toEqual(shown.map((_, index) => `change ${index} of main`).reverse());
      }),
    );
  }));

test('what failed while the server was away is asked for again when it is back', () =>
  withRepo(async (repo) => {
    await makeFakeRuns(repo, { count: 3 });
    await browser.withPage(
      async (page) => {
        let port = '';
        await withViewer(repo, async ({ url }) => {
          port = new URL(url).port;
          await page.goto(url);
          await page.locator(rows).first().waitFor();
        });
        await page.getByText('Connection lost').waitFor();
        await page.getByRole('link', { name: 'Runs', exact: true }).click();
        await page.getByText('The server does not answer').waitFor();
        const server = repo.startJci('web', port);
        await page.getByRole('list', { name: 'Runs' }).getByRole('listitem').first().waitFor();
        expect(await page.getByText('The server does not answer').count()).toBe(0);
        server.kill('SIGINT');
        await server.exit();
      },
      { expected: /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|Failed to load resource/ },
    );
  }));
