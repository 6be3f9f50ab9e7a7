import { readFileSync } from 'node:fs';
// The benchmark is one bundle that has a name like this for itself.
import { createRequire as requireFrom } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { allViews, makeSampleRuns, sampleScript } from '../browser/sample-run.ts';
import { launchChromium } from '../helpers/chromium.ts';
import { makeFakeRuns } from '../helpers/fake-runs.ts';
import type { LiveProcess, TestRepo } from '../helpers/repo.ts';
import { projectRoot } from '../helpers/test-environment.ts';
import { inRepo, type Benchmark, type Session } from './benchmark.ts';
import { makeFixedRow, type Row } from './row.ts';

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

const logNames = ['web-log-open', 'web-log-search', 'web-log-scroll', 'web-log-memory'];
const logLines = 1_500_000;
/** 70 bytes a line with its number. */
const logScript = `awk 'BEGIN { for (i = 1; i < ${logLines}; i++) printf "%-10d checking something of src/module/part.ts and others: fine\\n", i }'; echo the needle\n`;

/** A log of 100 MiB. */
export const webLog: Benchmark = {
  names: logNames,
  measure: (session) =>
    inRepo(logScript, async (repo) => {
      await repo.jci('run', '-q');
      const [ref = ''] = await repo.refs();
      const rounds = session.quick ? 1 : 3;
      const figures = { open: [] as number[], search: [] as number[], scroll: [] as number[], memory: [] as number[] };
      for (let round = 0; round < rounds; round++) {
        // Anew each time, since a server remembers what it has read.
        await serving(repo, session, (url) => inBrowser((open) => open((page) => measureLog(page, `${url}/jci/${ref.slice('refs/jci-runs/'.length)}/run.output.txt`, figures))));
      }
      const what = '100 MiB of log, 1.5 million lines';
      return [
        makeFixedRow({ name: 'web-log-open', what: `${what}: from navigation until its first lines are there, server just started`, measured: figures.open, most: 1000 }),
        makeFixedRow({ name: 'web-log-search', what: `${what}: from the text in the field until the hit in its last line is told of`, measured: figures.search, most: 1000 }),
        makeFixedRow({ name: 'web-log-scroll', what: `${what}: longest task while it is scrolled by wheel, scrollbar and End; 0 is below 50`, measured: figures.scroll, most: 50 }),
        makeFixedRow({ name: 'web-log-memory', what: `${what}: memory of the tab's script after all that`, measured: figures.memory, most: 300, unit: 'MiB' }),
      ];
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

async function serving<T>(repo: TestRepo, { jci: [file = '', ...first] }: Session, body: (url: string) => Promise<T>): Promise<T> {
  const server: LiveProcess = repo.start(file, ...first, 'web', '0');
  await server.untilOutput('/\n');
  try {
    return await body(server.stdout().trim().replace(/\/$/, ''));
  } finally {
    server.kill('SIGINT');
    await server.exit();
  }
}

type Open = <T>(body: (page: Page) => Promise<T>) => Promise<T>;

/** @param body is given what opens a tab, with nothing remembered, for as long as its own body takes. */
async function inBrowser<T>(body: (open: Open) => Promise<T>): Promise<T> {
  const browser = await launchChromium(['--enable-precise-memory-info']);
  try {
    return await body(async (inTab) => {
      const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, bypassCSP: true });
      try {
        return await inTab(await context.newPage());
      } finally {
        await context.close();
      }
    });
  } finally {
    await browser.close();
  }
}

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

interface LogFigures {
  open: number[];
  search: number[];
  scroll: number[];
  memory: number[];
}

async function measureLog(page: Page, url: string, figures: LogFigures): Promise<void> {
  const shown = (text: string): string => `[...document.querySelectorAll('.log-row')].some((row) => row.textContent.includes(${JSON.stringify(text)}))`;
  await page.addInitScript(`
    const look = () => { if (${shown('checking something')}) window.openAt = performance.now(); else requestAnimationFrame(look); };
    requestAnimationFrame(look);
    window.longest = 0;
    new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration); }).observe({ type: 'longtask' });`);
  await page.goto(url);
  await page.waitForFunction('window.openAt !== undefined');
  figures.open.push(await page.evaluate('window.openAt'));
  await page.evaluate('window.longest = 0');
  await scroll(page, shown('the needle'));
  figures.scroll.push(await page.evaluate('window.longest'));
  await page.keyboard.press('Home');
  await page.waitForFunction(shown('1          checking something'));
  await page.keyboard.press('/');
  const begin = performance.now();
  await page.keyboard.insertText('needle');
  await page.waitForFunction("/[1-9]/.test(document.querySelector('.log-count')?.textContent ?? '')");
  figures.search.push(performance.now() - begin);
  await page.keyboard.press('Enter');
  await page.waitForFunction(shown('the needle'));
  figures.memory.push((await page.evaluate<number>('performance.memory.usedJSHeapSize')) / 1024 ** 2);
}

async function scroll(page: Page, isAtEnd: string): Promise<void> {
  await page.mouse.move(600, 500);
  for (let turn = 0; turn < 30; turn++) await page.mouse.wheel(0, 700);
  // Only a person can take hold of a headless scrollbar: what it does is this.
  for (let part = 1; part <= 20; part++) {
    await page.evaluate(`new Promise((done) => { const log = document.querySelector('.log-scroller'); log.scrollTop = log.scrollHeight * ${part / 21}; requestAnimationFrame(() => requestAnimationFrame(done)); })`);
  }
  // Chromium's wheel goes on for a while by itself: a key that comes meanwhile is another matter.
  await page.waitForFunction(`new Promise((done) => {
    const log = document.querySelector('.log-scroller');
    const look = (before, frames) => (frames === 20 ? done(true) : requestAnimationFrame(() => look(log.scrollTop, log.scrollTop === before ? frames + 1 : 0)));
    look(-1, 0);
  })`);
  await page.keyboard.press('End');
  await page.waitForFunction(isAtEnd);
}

function pageKib({ jci }: Session): number {
  const { html } = requireFrom(import.meta.url)(join(jci.at(-1) ?? '', '../../dist/lib/viewer-page.cjs')) as { html: string };
  const inline = (name: string): string => new RegExp(`<${name}>([^]*?)</${name}>`).exec(html)?.[1] ?? '';
  return gzipSync(inline('script') + inline('style'), { level: 9 }).length / 1024;
}
