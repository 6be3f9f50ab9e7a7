import { expect, test } from 'vitest';
import { useBrowser } from '../helpers/browser.ts';
import { withRepo } from '../helpers/repo.ts';
import { withViewer } from '../helpers/viewer-server.ts';

const browser = useBrowser();

test('a repository tells what to do next: commit, write a script, run it', () =>
  withRepo((repo) =>
    withViewer(repo, ({ url }) =>
      browser.withTab(async (page) => {
        await page.goto(url);
        await page.getByText('No commit yet').waitFor();
        await repo.commit({ 'a.txt': 'a\n' }, 'the first');
        await page.getByText('the first').waitFor();
        await page.getByText('git jci init').waitFor();
        await repo.commit({ '.jci/run.sh': 'true\n' }, 'a script');
        await page.getByText('git jci run').waitFor();
        await page.getByRole('link', { name: 'Runs' }).click();
        await page.getByText('No run yet').waitFor();
        const titles = { search: 'When was this seen before?', trends: 'No run', tests: 'No flaky test is known', compare: 'Which two runs?' };
        for (const [view, title] of Object.entries(titles)) {
          await page.goto(`${url}/${view}`);
          await page.getByRole('heading', { level: 2, name: title, exact: true }).waitFor();
        }
      }),
    ),
  ));

test('a repository whose runs were all pruned says that, and the first run under way is shown', () =>
  withRepo(
    (repo) =>
      withViewer(repo, ({ url }) =>
        browser.withTab(async (page) => {
          await page.goto(url);
          await page.getByText('Nothing was run yet').waitFor();
          const run = repo.startJci('run', '-q');
          await page.getByText('The first run is under way').waitFor();
          repo.write('../go on', '');
          expect((await run.exit()).exitCode).toBe(0);
          await page.getByText('The first run is under way').waitFor({ state: 'detached' });
          await repo.jci('prune', '--older-than', '0s', '--commit');
          await page.getByText('All runs were pruned').waitFor();
          await page.getByRole('link', { name: 'Runs' }).click();
          await page.getByText('No run is left').waitFor();
        }),
      ),
    { script: 'while [ ! -e "$JCI_REPO_ROOT/../go on" ]; do sleep 0.05; done\n' },
  ));

test('a HEAD on no branch has commits too', () =>
  withRepo(
    async (repo) => {
      await repo.git('checkout', '--quiet', '--detach');
      await repo.commit({ 'a.txt': 'a\n' }, 'on no branch');
      await withViewer(repo, ({ url }) =>
        browser.withTab(async (page) => {
          await page.goto(url);
          await page.getByText('on no branch').waitFor();
          await repo.commit({ 'a.txt': 'b\n' }, 'one more');
          await page.getByText('one more').waitFor();
        }),
      );
    },
    { script: 'true\n' },
  ));

test('an address that leads nowhere says so', () =>
  withRepo(
    (repo) =>
      withViewer(repo, ({ url }) =>
        browser.withPage(
          async (page) => {
            await page.goto(`${url}/jci/${'0'.repeat(40)}`);
            await page.getByText(/no commit|no run|not here/i).first().waitFor();
          },
          { expected: /Failed to load resource.*404/ },
        ),
      ),
    { script: 'true\n' },
  ));
