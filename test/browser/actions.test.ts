import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Trends } from '../../src/api/trends.ts';
import { installAxe, violationsOf } from '../helpers/axe.ts';
import { useBrowser } from '../helpers/browser.ts';
import { useViewer } from '../helpers/viewer-server.ts';

const browser = useBrowser();

/** Waits while there is a file `wait`. */
const script = `
echo it begins
while [ -e "$HOME/wait" ]; do sleep 0.05; done
git jci step build -- echo built it
cat "$JCI_REPO_ROOT/a.txt"
`;

/** Runs of two commits of one branch, the older first. */
const viewer = useViewer(
  async (repo) => {
    await repo.commit({ 'a.txt': 'wrong\n' }, 'the first');
    await repo.jci('run', '-q');
    await repo.commit({ 'a.txt': 'right\n' }, 'the second');
    await repo.jci('run', '-q');
    const [second, first] = await Promise.all(['HEAD', 'HEAD^'].map((name) => repo.git('rev-parse', name)));
    const keys = (await repo.refs()).map((ref) => ref.slice('refs/jci-runs/'.length));
    const keyOf = (commit = ''): string => keys.find((key) => key.startsWith(commit)) ?? '';
    return { older: keyOf(first), newer: keyOf(second) };
  },
  { script },
);

const waitFile = (): string => join(viewer.repo.env['HOME'] ?? '', 'wait');

const dialogOf = (page: Page, name: string): Locator => page.getByRole('dialog', { name });

describe('from the page', () => {
  test('a run is run again, its log followed, and the run cancelled; axe finds nothing on the way', () =>
    browser.withPage(
      async (page) => {
        await installAxe(page);
        writeFileSync(waitFile(), '');
        await page.goto(`${viewer.url}/jci/${viewer.made.newer}`);
        await page.getByRole('button', { name: 'Rerun', exact: true }).waitFor();
        await page.keyboard.press('r');
        await dialogOf(page, 'Run this again?').getByRole('button', { name: 'Rerun' }).click();
        await page.waitForURL('**/run.output.txt');
        await page.getByRole('list', { name: 'Lines' }).getByText('it begins').waitFor();
        expect(page.url()).not.toContain(viewer.made.newer);

        await page.goto(page.url().replace('/run.output.txt', ''));
        await page.getByRole('button', { name: 'Cancel the run' }).click();
        await dialogOf(page, 'Cancel this run?').waitFor();
        expect(await violationsOf(page)).toEqual([]);
        await dialogOf(page, 'Cancel this run?').getByRole('button', { name: 'Cancel the run' }).click();
        await page.locator('strong', { hasText: 'cancelled after' }).waitFor();
        await dialogOf(page, '').waitFor({ state: 'detached' });
        expect((await viewer.repo.refs()).length).toBe(3);
      },
      { bypassCSP: true, reducedMotion: 'reduce' },
    ));

  test('who is asked whether to cancel a run that ends by itself is not asked something else', () =>
    browser.withTab(async (page) => {
      writeFileSync(waitFile(), '');
      const run = viewer.repo.startJci('run');
      await run.untilOutput('it begins');
      await page.goto(viewer.url);
      await page.getByRole('list', { name: 'Commits' }).getByRole('link', { name: 'the second' }).click();
      await page.getByRole('button', { name: 'Cancel the run' }).waitFor();
      await page.keyboard.press('r');
      await dialogOf(page, 'Cancel this run?').waitFor();
      rmSync(waitFile());
      expect((await run.exit()).exitCode).toBe(0);
      await page.locator('strong', { hasText: 'passed in' }).waitFor();
      expect(await page.locator('dialog[open]').count()).toBe(0);
    }));
});

describe('a search in the logs of all runs', () => {
  test('finds lines while one types, and leads to them', () =>
    browser.withTab(async (page) => {
      await page.goto(`${viewer.url}/search`);
      await page.getByRole('searchbox', { name: 'Text in a log' }).fill('wrong');
      const found = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'the first' }) });
      await found.locator('mark', { hasText: 'wrong' }).waitFor();
      expect(page.url()).toBe(`${viewer.url}/search?q=wrong`);
      const line = found.getByRole('link', { name: /^Line \d+$/ });
      const number = await line.innerText();
      await line.click();
      await page.waitForURL(`**/jci/${viewer.made.older}/run.output.txt#L${number}`);
      await page.locator('[aria-label=Lines] > .chosen', { hasText: 'wrong' }).waitFor();
    }));

  test('that broke off says so, and not that no log has it', () =>
    browser.withTab(async (page) => {
      const parts = [{ searched: 1, of: 2 }, { searched: 1, of: 2, done: true, problem: 'a log cannot be read' }];
      await page.route('**/api/search?*', (route) => route.fulfill({ contentType: 'application/x-ndjson', body: parts.map((part) => `${JSON.stringify(part)}\n`).join('') }));
      await page.goto(`${viewer.url}/search?q=x`);
      await page.getByText('Searched 1 of 2 runs').waitFor();
      expect(await page.getByRole('alert').innerText()).toBe('a log cannot be read');
      expect(await page.getByText('No log has this text').count()).toBe(0);
    }));
});

describe('a command to copy', () => {
  test('is on the clipboard', () =>
    browser.withPage(async (page) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.goto(`${viewer.url}/jci/${viewer.made.older}`);
      await page.getByRole('button', { name: 'Copy: git jci logs' }).click();
      await page.getByRole('button', { name: 'Copied: git jci logs' }).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^git jci logs \d/);
    }));

  test('is not, where the browser has none, and the button says so', () =>
    browser.withTab(async (page) => {
      await page.addInitScript("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
      await page.goto(`${viewer.url}/jci/${viewer.made.older}`);
      await page.getByRole('button', { name: 'Copy: git jci logs' }).click();
      await page.getByRole('button', { name: 'The browser did not allow it: git jci logs' }).waitFor();
    }));
});

describe('two runs are compared', () => {
  const shown = async (page: Page, a: string, b: string): Promise<void> => {
    await page.waitForURL((url) => url.searchParams.get('a') === a && url.searchParams.get('b') === b);
    await page.getByRole('region', { name: 'After' }).getByRole('link', { name: b.slice(b.indexOf('/') + 1) }).waitFor();
  };

  test('from the page of one, with the one before it on the branch', () =>
    browser.withTab(async (page) => {
      const { older, newer } = viewer.made;
      await page.goto(`${viewer.url}/jci/${newer}`);
      await page.getByRole('link', { name: 'Compare with the previous run of main' }).click();
      await shown(page, older, newer);
      await page.getByText('How the logs differ, times ignored').click();
      await page.getByRole('row', { name: 'removed wrong' }).waitFor();
      await page.getByRole('row', { name: 'added right' }).waitFor();
      await page.goto(`${viewer.url}/jci/${older}`);
      await page.getByRole('link', { name: 'Compare with the previous run of main' }).click();
      await page.getByText('There is no earlier run on this branch').waitFor();
    }));

  test('by choice, from any page, and the other way round', () =>
    browser.withTab(async (page) => {
      const { older, newer } = viewer.made;
      await page.goto(viewer.url);
      await page.getByRole('link', { name: 'Compare' }).click();
      await page.getByText('Which two runs?').waitFor();
      await page.getByRole('combobox', { name: 'Before' }).selectOption(older);
      await page.getByRole('combobox', { name: 'After' }).selectOption(newer);
      await shown(page, older, newer);
      await page.keyboard.press('x');
      await shown(page, newer, older);
      await page.getByRole('button', { name: 'Swap' }).click();
      await shown(page, older, newer);
    }));
});

test('trends show as many runs as one wants, and a point leads to its run', () =>
  browser.withTab(async (page) => {
    await page.goto(viewer.url);
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    const drawing = page.getByRole('img', { name: /^Duration of runs/ });
    await drawing.waitFor();
    await page.getByRole('combobox', { name: 'Runs' }).selectOption('the latest 50');
    await page.waitForURL('**/trends?limit=50');
    await page.keyboard.press('+');
    await page.waitForURL('**/trends');
    await page.getByText('Duration of runs as a table').click();
    expect(await page.getByRole('table').first().getByRole('link').first().getAttribute('href')).not.toBe(`/jci/${viewer.made.older}`);
    const { width } = (await drawing.boundingBox()) ?? { width: 0 };
    // The first run is right of the scale.
    await drawing.click({ position: { x: 78 + (width - 78) / 50, y: 100 } });
    await page.waitForURL(`**/jci/${viewer.made.older}`);
  }));

test('a chart of one day has times below it, by the clock of the reader', () =>
  browser.withPage(
    async (page) => {
      await page.route('**/api/trends?*', async (route) => {
        const trends = (await (await route.fetch()).json()) as Trends;
        const times = ['2026-11-20T11:30:00Z', '2026-11-21T10:30:00Z'];
        await route.fulfill({ json: { ...trends, runs: times.map((startedAt) => ({ ...trends.runs[0], run: { ...trends.runs[0]?.run, startedAt } })) } });
      });
      await page.goto(`${viewer.url}/trends`);
      await page.getByRole('img', { name: /^Duration of runs/ }).getByText(/^\d+:30/).first().waitFor();
    },
    // Half a day later than UTC.
    { timezoneId: 'Pacific/Auckland' },
  ));

test('a search for a test that is not answered says so, whatever was found before', () =>
  browser.withPage(
    async (page) => {
      await page.goto(`${viewer.url}/tests`);
      const field = page.getByRole('searchbox', { name: 'Find a test by name' });
      await field.fill('x');
      await page.getByText('No test of the latest').waitFor();
      await page.route('**/api/tests/find?*', (route) => route.fulfill({ status: 500, json: { error: 'The tests cannot be read' } }));
      await field.fill('xy');
      await page.getByText('The tests cannot be read').waitFor();
      expect(await page.getByText('No test of the latest').count()).toBe(0);
    },
    { expected: /Failed to load resource.*500/ },
  ));
