import { describe, expect, test } from 'vitest';
import { useBrowser } from '../helpers/browser.ts';
import { makeFakeRuns } from '../helpers/fake-runs.ts';
import { useViewer } from '../helpers/viewer-server.ts';

const browser = useBrowser();

const viewer = useViewer(async (repo) => {
  const runs = await makeFakeRuns(repo, { count: 150, perCommit: 2 });
  await repo.git('checkout', '--quiet', '-B', 'side', 'main~70');
  await repo.commit({ 'side.txt': 'one\n' }, 'only on the side');
  await repo.git('-c', 'user.name=Grace', 'commit', '--quiet', '--allow-empty', '--message=by somebody else');
  await repo.git('checkout', '--quiet', 'main');
  await repo.commit({ 'new.txt': 'new\n' }, 'nothing was run of this');
  return runs;
});

const rows = '[role=list][aria-label=Commits] > [role=listitem]';

describe('the commits', () => {
  test('are listed with the verdict of their newest run', () =>
    browser.withTab(async (page) => {
      await page.goto(viewer.url);
      const list = page.getByRole('list', { name: 'Commits' });
      await list.getByRole('listitem').nth(4).waitFor();
      const texts = await page.locator(rows).allInnerTexts();
      expect(texts[0]).toMatch(/no run[^]*nothing was run of this/);
      expect(texts[1]).toMatch(/passed[^]*change 74 of main/);
      expect(texts[3]).toMatch(/failed[^]*change 72 of main/);
    }));

  test('are there without a request', () =>
    browser.withTab(async (page) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      // What the events say leads to no further question either.
      const told = page.waitForResponse('**/api/events');
      await page.goto(viewer.url);
      await page.locator(rows).first().waitFor();
      await told;
      await page.keyboard.press('j');
      await page.locator(`${rows}.current`).waitFor();
      expect(asked.sort()).toEqual(['/', '/api/events']);
    }));

  test('are all there at the end of the scrolling', () =>
    browser.withTab(async (page) => {
      await page.goto(viewer.url);
      await page.locator(rows).first().waitFor();
      await page.keyboard.press('End');
      await page.locator(rows, { hasText: 'change 0 of main' }).waitFor();
      expect(await page.locator(rows).count()).toBeLessThan(60);
    }));

  test('can be chosen by an address, and the fields say how', () =>
    browser.withTab(async (page) => {
      await page.goto(`${viewer.url}/?verdict=failed&text=change+7`);
      await page.locator(rows, { hasText: 'change 72 of main' }).waitFor();
      expect(await page.getByLabel('Text').inputValue()).toBe('change 7');
      expect(await page.getByLabel('Verdict').inputValue()).toBe('failed');
      const texts = await page.locator(rows).allInnerTexts();
      expect(texts.every((text) => /failed[^]*change 7/.test(text))).toBe(true);
    }));

  test('are those of another branch when it is chosen', () =>
    browser.withTab(async (page) => {
      await page.goto(viewer.url);
      await page.locator(rows).first().waitFor();
      await page.getByLabel('Branch').selectOption('side');
      await page.locator(rows, { hasText: 'only on the side' }).waitFor();
      expect(new URL(page.url()).searchParams.get('branch')).toBe('side');
      await page.getByLabel('Author').fill('Grace');
      await page.locator(rows, { hasText: 'only on the side' }).waitFor({ state: 'detached' });
      expect(await page.locator(rows).allInnerTexts()).toEqual([expect.stringContaining('by somebody else')]);
    }));

  test('say so when none fits, and come back', () =>
    browser.withTab(async (page) => {
      await page.goto(`${viewer.url}/?text=nowhere`);
      await page.getByText('No commit fits these filters').waitFor();
      await page.getByRole('button', { name: 'Show all commits' }).click();
      await page.locator(rows, { hasText: 'nothing was run of this' }).waitFor();
    }));
});

describe('coming back', () => {
  test('finds the list where it was left, and the next Tab is in the view', () =>
    browser.withTab(async (page) => {
      const early = page.locator(rows, { hasText: 'change 0 of main' });
      await page.goto(viewer.url);
      await page.locator(rows).first().waitFor();
      await page.keyboard.press('End');
      await early.getByRole('link').first().click();
      await page.getByRole('link', { name: 'Log', exact: true }).waitFor();
      expect(await page.evaluate('document.activeElement.id')).toBe('main');
      await page.goBack();
      await early.waitFor();
      await page.waitForFunction(() => scrollY > 1000);
    }));
});

describe('the keys', () => {
  test('go down, up, and to a run', () =>
    browser.withTab(async (page) => {
      await page.goto(viewer.url);
      await page.locator(rows).first().waitFor();
      for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
      await page.locator(`${rows}.current`, { hasText: 'change 74 of main' }).waitFor();
      await page.keyboard.press('Enter');
      const { commit = '', runId = '' } = viewer.made[0] ?? {};
      await page.waitForURL(`**/jci/${commit}/${runId}`);
    }));

  test('are shown by ?', () =>
    browser.withTab(async (page) => {
      await page.goto(viewer.url);
      await page.locator(rows).first().waitFor();
      await page.keyboard.press('?');
      const dialog = page.getByRole('dialog', { name: 'Keys' });
      await dialog.getByText('Next commit').waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
    }));

  test('open the other runs of a commit', () =>
    browser.withTab(async (page) => {
      await page.goto(viewer.url);
      await page.getByRole('button', { name: /All 2 runs of/ }).first().waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await page.keyboard.press('o');
      await page.locator(rows, { hasText: viewer.made[1]?.runId ?? '' }).waitFor();
    }));
});
