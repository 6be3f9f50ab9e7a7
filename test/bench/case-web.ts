import { readFileSync } from 'node:fs';
// The benchmark is one bundle that has a name like this for itself.
import { createRequire as requireFrom } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { allViews, makeSampleRuns, sampleScript } from '../browser/sample-run.ts';
import { makeFakeRuns } from '../helpers/fake-runs.ts';
import { projectRoot } from '../helpers/test-environment.ts';
import { inRepo, type Benchmark, type Session } from './benchmark.ts';
import { makeFixedRow, type Row } from './row.ts';
import { inBrowser, serving } from './web-session.ts';

const count = 20_000;
const runNames = ['web-page', 'web-commits', 'web-commit'];

/** The page, and the server's answers, on 20,000 runs of as many commits. */
export const webRuns: Benchmark = {
  names: runNames,
  measure: (session, wanted) =>
    inRepo('true\n', async (repo) => {
      const [newest] = await makeFakeRuns(repo, { count });
      return serving(repo, session, async (url) => {
        const rounds = session.quick ? 3 : 9;
        const ask = (path: string) => repeat(rounds, 2, () => answerMs(`${url}${path}`));
        const rows: Row[] = [];
        if (wanted.has('web-commits')) rows.push(makeFixedRow({ name: 'web-commits', what: `the first 100 commits from the server, ${count} runs, warm`, measured: await ask('/api/commits?branch=main&page=0'), most: 50 }));
        if (wanted.has('web-commit')) rows.push(makeFixedRow({ name: 'web-commit', what: `a commit's detail from the server, ${count} runs, warm`, measured: await ask(`/api/commit/${newest?.commit ?? ''}`), most: 20 }));
        if (wanted.has('web-page')) {
          const measured = await inBrowser((open) => repeat(rounds, 1, () => open((page) => usableMs(page, url))));
          rows.push(makeFixedRow({ name: 'web-page', what: `from navigation until commits are there and a key works, ${count} runs`, measured, most: 300 }));
        }
        return rows;
      });
    }),
};

/** What the page weighs, and what axe says of it. */
export const webPage: Benchmark = {
  names: ['web-size', 'web-axe'],
  measure: (session) =>
    inRepo(sampleScript, async (repo) => {
      const runs = await makeSampleRuns(repo);
      const violations = await serving(repo, session, (url) =>
        inBrowser((open) =>
          open(async (page) => {
            await page.addInitScript(readFileSync(join(projectRoot, 'node_modules/axe-core/axe.min.js'), 'utf8'));
            let found = 0;
            for (const { path, shown } of allViews(runs)) {
              await page.goto(`${url}${path}`);
              await page.locator(shown).first().waitFor();
              for (const colorScheme of ['light', 'dark'] as const) {
                await page.emulateMedia({ colorScheme });
                found += (await page.evaluate<AxeResults>('axe.run(document)')).violations.length;
              }
            }
            return found;
          }),
        ),
      );
      return [
        makeFixedRow({ name: 'web-size', what: 'script and style of the page, gzipped', measured: [pageKib(session)], most: 60, unit: 'KiB' }),
        makeFixedRow({ name: 'web-axe', what: 'violations that axe-core finds in all views, light and dark', measured: [violations], most: 0, unit: 'found' }),
      ];
    }),
};

async function repeat(rounds: number, warmUp: number, measure: () => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  for (let round = -warmUp; round < rounds; round++) {
    const value = await measure();
    if (round >= 0) values.push(value);
  }
  return values;
}

async function answerMs(url: string): Promise<number> {
  const begin = performance.now();
  const response = await fetch(url);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return performance.now() - begin;
}

/** By the clock of the page, so that what the driver takes does not count. */
async function usableMs(page: Page, url: string): Promise<number> {
  await page.addInitScript(`
    const look = () => {
      if (document.querySelector('.list-row.current')) return void (window.usableAt = performance.now());
      if (document.querySelector('.list-row')) document.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);`);
  await page.goto(url);
  await page.waitForFunction('window.usableAt !== undefined');
  return page.evaluate('window.usableAt');
}

function pageKib({ jci }: Session): number {
  const { html } = requireFrom(import.meta.url)(join(jci.at(-1) ?? '', '../../dist/lib/viewer-page.cjs')) as { html: string };
  const inline = (name: string): string => new RegExp(`<${name}>([^]*?)</${name}>`).exec(html)?.[1] ?? '';
  return gzipSync(inline('script') + inline('style'), { level: 9 }).length / 1024;
}
