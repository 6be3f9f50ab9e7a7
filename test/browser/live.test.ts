import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from '../helpers/browser.ts';
import { withRepo, type LiveProcess, type TestRepo } from '../helpers/repo.ts';
import { withViewer } from '../helpers/viewer-server.ts';

const browser = useBrowser();

/** A script goes on when the test says so: a file with the name of the step appears. */
const untilTold = 'until_told() { while [ ! -e "$HOME/$1" ]; do sleep 0.05; done; }';
const script = `
${untilTold}
echo it begins
until_told second
echo the second line
until_told end
echo it ends
`;

interface Scene {
  repo: TestRepo;
  page: Page;
  url: string;
  tell: (what: string) => void;
}

/** A repository with this script, its viewer, a tab, and the way to tell the script to go on. */
const withScript = (script: string, body: (scene: Scene) => Promise<void>): Promise<void> =>
  withRepo(
    (repo) =>
      withViewer(repo, ({ url }) =>
        browser.withPage((page) => body({ repo, page, url, tell: (what) => writeFileSync(join(repo.env['HOME'] ?? '', what), '') })),
      ),
    { script },
  );

test('a run begun in a terminal comes into the page, grows there, and passes', () =>
  withScript(script, async ({ repo, page, url, tell }) => {
    await page.goto(url);
    const row = page.getByRole('list', { name: 'Commits' }).getByRole('listitem').first();
    await row.getByText('no run').waitFor();
    // A page that was loaded anew has forgotten it.
    await page.evaluate(() => Reflect.set(window, 'loadedOnce', true));

    const run = repo.startJci('run');
    await run.untilOutput('it begins');
    await row.getByText('running').first().waitFor();
    await row.getByRole('link', { name: 'script' }).click();
    await page.getByRole('link', { name: 'Log', exact: true }).click();
    const lines = page.getByRole('list', { name: 'Lines' });
    await lines.getByText('it begins').waitFor();
    tell('second');
    await lines.getByText('the second line').waitFor();
    expect(existsSync(join(repo.env['HOME'] ?? '', 'end'))).toBe(false);
    tell('end');
    expect((await run.exit()).exitCode).toBe(0);
    await lines.getByText('it ends').waitFor();
    await page.waitForFunction(() => document.title.startsWith('✓'));
    await page.getByRole('link', { name: 'Commits' }).click();
    await row.getByText('passed').first().waitFor();
    expect(await page.evaluate(() => Reflect.get(window, 'loadedOnce') as unknown)).toBe(true);
  }));

const longScript = `
${untilTold}
seq -f 'line %.0f of it' 1 350
until_told rest
seq -f 'line %.0f of it' 351 400
until_told end
echo it ends
`;

const linesOf = (page: Page): Locator => page.getByRole('list', { name: 'Lines' });

/** In px from the corner of the window. */
const cornerOf = (page: Page, text: string): Promise<number[]> =>
  linesOf(page)
    .getByText(text, { exact: true })
    .evaluate((element) => {
      const { left, top } = element.getBoundingClientRect();
      return [left, top];
    });

const isSeen = (page: Page, text: string): Promise<unknown> =>
  page.waitForFunction((wanted) => {
    const log = document.querySelector('[aria-label=Log][role=region]')?.getBoundingClientRect();
    const row = [...document.querySelectorAll('[aria-label=Lines] .log-text')].find(({ textContent }) => textContent === wanted)?.getBoundingClientRect();
    return log !== undefined && row !== undefined && row.top >= log.top && row.bottom <= log.bottom;
  }, text);

/** Turns the wheel over the log, until it has turned. */
async function wheelUp(page: Page, seen: string): Promise<void> {
  await page.mouse.move(600, 400);
  await page.mouse.wheel(0, -400);
  await isSeen(page, seen);
}

async function openLiveLog(page: Page, url: string, run: LiveProcess): Promise<void> {
  await run.untilOutput('line 350 of it');
  await page.goto(url);
  await page.getByRole('list', { name: 'Commits' }).getByRole('link', { name: 'script' }).click();
  await page.getByRole('link', { name: 'Log', exact: true }).click();
}

test('the end of a live log is followed, until the reader scrolls up and comes back; nothing jumps when the run is over', () =>
  withScript(longScript, async ({ repo, page, url, tell }) => {
    const run = repo.startJci('run');
    await openLiveLog(page, url, run);
    await isSeen(page, 'line 350 of it');

    await wheelUp(page, 'line 310 of it');
    const before = await cornerOf(page, 'line 310 of it');
    tell('rest');
    const news = page.getByRole('button', { name: 'new lines' });
    await news.waitFor();
    expect(await news.innerText()).toBe('↓ 50 new lines');
    expect(await cornerOf(page, 'line 310 of it')).toEqual(before);

    await news.click();
    await isSeen(page, 'line 400 of it');
    expect(await news.count()).toBe(0);

    await wheelUp(page, 'line 360 of it');
    const atEnd = await cornerOf(page, 'line 360 of it');
    tell('end');
    expect((await run.exit()).exitCode).toBe(0);
    await page.waitForFunction(() => document.title.startsWith('✓'));
    await page.getByRole('button', { name: 'new lines' }).waitFor({ state: 'detached' });
    expect(await cornerOf(page, 'line 360 of it')).toEqual(atEnd);
  }));

const steppedScript = `
${untilTold}
git jci step first -- echo first
echo '::group::second part'
echo inside
until_told go
echo ::endgroup::
echo outside
echo '::error file=a.c,line=3::it broke'
git jci step quiet -- sh -c 'until [ -e "$HOME/end" ]; do sleep 0.05; done'
`;

test('the steps of a run under way are in its page and in its log, and so is when its lines came', () =>
  withScript(steppedScript, async ({ repo, page, url, tell }) => {
    const run = repo.startJci('run');
    await run.untilOutput('inside');
    await page.goto(url);
    await page.getByRole('list', { name: 'Commits' }).getByRole('link', { name: 'script' }).click();
    const steps = page.locator('section', { has: page.getByRole('heading', { name: 'Steps' }) });
    await steps.getByRole('row', { name: /passed first/ }).waitFor();
    await steps.getByRole('row', { name: /running second part/ }).waitFor();
    await page.locator('.tail', { hasText: 'inside' }).waitFor();

    await page.getByRole('link', { name: 'Log', exact: true }).click();
    const lines = linesOf(page);
    await lines.getByRole('listitem').filter({ hasText: 'second part' }).filter({ hasText: 'running' }).waitFor();
    await lines.getByRole('button', { name: 'second part: 1 lines' }).click();
    await lines.getByText('inside').waitFor({ state: 'detached' });
    tell('go');
    await lines.getByText('outside').waitFor();
    await lines.getByRole('button', { name: 'second part: 2 lines' }).waitFor();
    expect(await lines.getByRole('listitem').filter({ hasText: 'second part' }).getByText('running').count()).toBe(0);
    // One that is the same as above is not shown again.
    expect(await lines.getByRole('listitem').first().locator('.log-time').innerText()).toMatch(/^\d+:\d\d$/);

    // It has written nothing yet.
    await page.getByRole('link', { name: 'Summary', exact: true }).click();
    await steps.getByRole('row', { name: /running quiet/ }).waitFor();
    await page.locator('.tail', { hasText: 'outside' }).waitFor();
    await page.locator('section', { has: page.getByRole('heading', { name: '1 error' }) }).getByText('it broke').waitFor();
    tell('end');
    expect((await run.exit()).exitCode).toBe(0);
    await steps.getByRole('row', { name: /passed quiet/ }).waitFor();
  }));

test('a run under way is there before the events tell of it', () =>
  withScript(longScript, async ({ repo, page, url, tell }) => {
    const run = repo.startJci('run');
    await run.untilOutput('line 300 of it');
    await page.route('**/api/events', () => undefined);
    for (const path of ['/', '/runs']) {
      await page.goto(url + path);
      await page.getByRole('listitem').filter({ hasText: 'running' }).getByRole('link', { name: 'script' }).waitFor();
    }
    for (const what of ['more', 'rest', 'end']) tell(what);
    expect((await run.exit()).exitCode).toBe(0);
  }));
