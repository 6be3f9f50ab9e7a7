import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBrowser } from '../helpers/browser.ts';
import { withRepo } from '../helpers/repo.ts';
import { withViewer } from '../helpers/viewer-server.ts';

const browser = useBrowser();

/** Goes on when the test says so. */
const script = `
while [ ! -e "$HOME/go on" ]; do sleep 0.05; done
exit 3
`;

/** Keeps what the page has the browser tell, so that it can be clicked: no page can see the real ones. */
const recorder = `window.told = [];
window.Notification = class extends Notification { constructor(...words) { super(...words); told.push({ title: words[0], body: words[1].body, note: this }); } };`;

async function allowNotifications(page: Page, origin: string): Promise<void> {
  await page.context().grantPermissions(['notifications'], { origin });
  await page.addInitScript(recorder);
}

const told = (page: Page): Promise<string[]> => page.evaluate('told.map(({ title, body }) => `${title} / ${body}`)');

const somethingTold = (page: Page) => page.waitForFunction(() => (Reflect.get(window, 'told') as unknown[]).length > 0, undefined, { polling: 50 });

test('tells that a run ended while another tab is in front, and a click leads to it', () =>
  withRepo(
    (repo) =>
      withViewer(repo, ({ url }) =>
        browser.withPage(async (page) => {
          await allowNotifications(page, url);
          const run = repo.startJci('run');
          await page.goto(`${url}/runs`);
          await page.getByRole('list', { name: 'Runs' }).getByRole('link', { name: 'script' }).click();
          await page.getByRole('button', { name: 'Tell me when it ends: off' }).click();
          await page.getByRole('button', { name: 'Tell me when it ends: on' }).waitFor();
          const address = page.url();
          await page.getByRole('link', { name: 'Search' }).click();
          const other = await page.context().newPage();
          await other.bringToFront();
          writeFileSync(join(repo.env['HOME'] ?? '', 'go on'), '');
          expect((await run.exit()).exitCode).toBe(1);
          await somethingTold(page);
          expect(await told(page)).toEqual([expect.stringMatching(/^✗ failed: script \/ .* · main$/)]);
          await page.evaluate("told[0].note.dispatchEvent(new Event('click'))");
          await page.waitForURL(address);
        }),
      ),
    { script },
  ));

test('of every run, for as long as that is wanted; not of one that nobody asked for', () =>
  withRepo(
    (repo) =>
      withViewer(repo, ({ url }) =>
        browser.withPage(async (page) => {
          await allowNotifications(page, url);
          await page.goto(`${url}/runs`);
          const list = page.getByRole('list', { name: 'Runs' });
          await repo.jci('run', '-q');
          await list.getByRole('listitem').first().getByText('passed').waitFor();
          await page.getByRole('button', { name: 'Notify: off' }).click();
          await page.getByRole('button', { name: 'Notify: on' }).waitFor();
          await page.reload();
          await page.getByRole('button', { name: 'Notify: on' }).waitFor();
          writeFileSync(join(repo.env['HOME'] ?? '', 'wait'), '');
          const run = repo.startJci('run');
          await list.getByRole('listitem').first().getByText('running').first().waitFor();
          expect(await told(page)).toEqual([]);
          writeFileSync(join(repo.env['HOME'] ?? '', 'go on'), '');
          await run.exit();
          await somethingTold(page);
          expect(await told(page)).toEqual([expect.stringMatching(/^✓ passed: script/)]);
        }),
      ),
    { script: `if [ -e "$HOME/wait" ]; then while [ ! -e "$HOME/go on" ]; do sleep 0.05; done; fi\n` },
  ));

test('says so where notifications are not allowed', () =>
  withRepo((repo) =>
    withViewer(repo, ({ url }) =>
      browser.withPage(async (page) => {
        await page.goto(url);
        await page.getByRole('button', { name: 'Notify: off' }).click();
        await page.getByText(/The browser blocks notifications|Nobody allowed/).waitFor();
        await page.getByRole('button', { name: 'Notify: off' }).waitFor();
      }),
    ),
  ));
