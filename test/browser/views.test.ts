import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { installAxe, violationsOf } from '../helpers/axe.ts';
import { useBrowser } from '../helpers/browser.ts';
import { useViewer } from '../helpers/viewer-server.ts';
import { allViews, makeSampleRuns, sampleScript } from './sample-run.ts';

const browser = useBrowser();
const viewer = useViewer(makeSampleRuns, { script: sampleScript });

/** The address of no run is not found, which the browser tells of. */
const expectedErrors = /Failed to load resource.*(?:400|404)/;

describe('every view', () => {
  test('is accessible, light and dark: axe finds nothing', () =>
    browser.withPage(
      async (page) => {
        await installAxe(page);
        const found: Record<string, string[]> = {};
        for (const { name, path, shown } of allViews(viewer.made)) {
          await page.goto(`${viewer.url}${path}`);
          await page.locator(shown).first().waitFor();
          const violations = await violationsOf(page);
          if (violations.length > 0) found[name] = violations;
        }
        expect(found).toEqual({});
      },
      { bypassCSP: true, reducedMotion: 'reduce', expected: expectedErrors },
    ),
    // Axe computes for 14 s of CPU.
    180_000);

  test('fits into 400 pixels: the page does not scroll sideways', () =>
    browser.withPage(
      async (page) => {
        const wide: string[] = [];
        for (const { name, path, shown } of allViews(viewer.made)) {
          await page.goto(`${viewer.url}${path}`);
          await page.locator(shown).first().waitFor();
          if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) wide.push(name);
        }
        expect(wide).toEqual([]);
      },
      { viewport: { width: 400, height: 800 }, expected: expectedErrors },
    ));
});

describe('a failed run', () => {
  test('begins with what failed, and an annotation leads to its line in the log', () =>
    browser.withTab(async (page) => {
      await page.goto(`${viewer.url}${viewer.made.paths[0]}`);
      await page.getByRole('heading', { name: '1 failed test' }).waitFor();
      await page.getByText('expected 1, got 2').first().waitFor();
      await page.getByText('divided by nought').first().waitFor();
      const link = page.locator('li', { hasText: 'divided by nought' }).getByRole('link', { name: /^line \d+ of the log$/ });
      const line = /\d+/.exec(await link.innerText())?.[0] ?? '';
      await link.click();
      await page.waitForURL(`**/run.output.txt#L${line}`);
      await page.locator(`[aria-label=Lines] > [data-line="${line}"].chosen`, { hasText: 'divided by nought' }).waitFor();
    }));

  test('shows the first error among the lines around it, and one key leads there', () =>
    browser.withTab(async (page) => {
      await page.goto(`${viewer.url}${viewer.made.paths[0]}`);
      const section = page.getByRole('region', { name: /^First error/ });
      await section.locator('.marked', { hasText: 'divided by nought' }).waitFor();
      const line = /\d+/.exec(await section.getByRole('link', { name: /^Line \d+ of the log$/ }).innerText())?.[0] ?? '';
      await page.keyboard.press('e');
      await page.waitForURL(`**/run.output.txt#L${line}`);
      await page.locator(`[aria-label=Lines] > [data-line="${line}"].chosen`, { hasText: 'divided by nought' }).waitFor();
    }));

  test('leads from a failed test to the line that tells of it', () =>
    browser.withTab(async (page) => {
      await page.goto(`${viewer.url}${viewer.made.paths[0]}`);
      await page.getByRole('region', { name: '1 failed test' }).getByRole('link', { name: /^line \d+ of the log$/ }).click();
      await page.locator('[aria-label=Lines] > .chosen', { hasText: '✗ divides: expected 1, got 2' }).waitFor();
    }));

  test('asks before a key runs it again', () =>
    browser.withTab(async (page) => {
      await page.goto(`${viewer.url}${viewer.made.paths[0]}`);
      await page.getByRole('button', { name: 'Rerun', exact: true }).waitFor();
      await page.keyboard.press('r');
      await page.getByRole('dialog', { name: 'Run this again?' }).getByRole('button', { name: 'Leave it' }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      expect((await viewer.repo.refs()).length).toBe(2);
    }));

  test('leads from its failed step to the output of it', () =>
    browser.withTab(async (page) => {
      await page.goto(`${viewer.url}${viewer.made.paths[0]}`);
      await page.getByRole('region', { name: 'Failed step' }).getByRole('link', { name: 'unit tests' }).click();
      await page.getByRole('list', { name: 'Lines' }).getByText('went wrong').first().waitFor();
    }));

  test('leads from a failed test to its history', () =>
    browser.withTab(async (page) => {
      await page.goto(`${viewer.url}${viewer.made.paths[0]}`);
      await page.getByRole('link', { name: 'History of divides' }).click();
      await page.waitForURL('**/tests?suite=unit&name=divides');
      await page.getByText('expected 1, got 2').first().waitFor();
    }));
});

describe('a table', () => {
  test('of very many cells shows the first columns and rows, and says so', () =>
    browser.withTab(async (page) => {
      const row = (line: number): string => Array.from({ length: 2000 }, (_, column) => (line + column) % 10).join();
      await page.route('**/coverage.csv/raw', (route) => route.fulfill({ contentType: 'text/plain', body: Array.from({ length: 120 }, (_, line) => row(line)).join('\n') }));
      await page.goto(`${viewer.url}${viewer.made.paths[0]}/coverage.csv`);
      await page.getByText('The first 200 of 2,000 columns.').waitFor();
      await page.getByText('The first 100 rows.').waitFor();
      expect(await page.locator('main th').count()).toBe(200);
      expect(await page.locator('main td').count()).toBe(100 * 200);
    }));
});

describe('the theme', () => {
  const ground = (page: Page): Promise<number> =>
    page.evaluate(() => (getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3);

  test('is that of the system, and another by choice, which is remembered', () =>
    browser.withPage(
      async (page) => {
        await page.goto(viewer.url);
        expect(await ground(page)).toBeLessThan(80);
        await page.getByRole('button', { name: 'Theme: system' }).click();
        await page.getByRole('button', { name: 'Theme: light' }).waitFor();
        expect(await ground(page)).toBeGreaterThan(200);
        await page.reload();
        await page.getByRole('button', { name: 'Theme: light' }).click();
        await page.emulateMedia({ colorScheme: 'light' });
        await page.getByRole('button', { name: 'Theme: dark' }).waitFor();
        expect(await ground(page)).toBeLessThan(80);
      },
      { colorScheme: 'dark' },
    ));
});

describe('the page stored with a run', () => {
  test('shows all of it with scripts blocked, and asks nobody for anything', () =>
    browser.withPage(
      async (page) => {
        const { stdout } = await viewer.repo.jci('cat', 'HEAD', 'index.html');
        viewer.repo.write('../page.html', stdout);
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        const address = `file://${viewer.repo.root}/page.html`;
        await page.goto(address);
        await page.getByText('expected 1, got 2').first().waitFor();
        await page.getByText('divided by nought').first().waitFor();
        await page.getByText('went wrong').first().waitFor();
        expect(asked).toEqual([address]);
      },
      { javaScriptEnabled: false },
    ));
});
