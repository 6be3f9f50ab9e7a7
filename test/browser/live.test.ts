import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useBrowser } from '../helpers/browser.ts';
import { withRepo } from '../helpers/repo.ts';
import { withViewer } from '../helpers/viewer-server.ts';

const browser = useBrowser();

/** Goes on when the test says so: a file with the name of the step appears. */
const script = `
until_told() { while [ ! -e "$HOME/$1" ]; do sleep 0.05; done; }
echo it begins
until_told second
echo the second line
until_told end
echo it ends
`;

test('a run begun in a terminal comes into the page, grows there, and passes', () =>
  withRepo(
    (repo) =>
      withViewer(repo, ({ url }) =>
        browser.withPage(async (page) => {
          const tell = (what: string): void => writeFileSync(join(repo.env['HOME'] ?? '', what), '');
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
        }),
      ),
    { script },
  ));
