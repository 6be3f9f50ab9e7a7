import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { inRepo, type Benchmark } from './benchmark.ts';
import { makeFixedRow, type Row } from './row.ts';
import { inBrowser, serving } from './web-session.ts';

const lines = 1_500_000;

/** 70 bytes a line with its number, 100 MiB in all. @param words of awk's printf. */
const logScript = (words: string): string =>
  `awk 'BEGIN { for (i = 1; i < ${lines}; i++) printf "%-10d checking ${words}\\n", i }'; echo the needle\n`;

const logs = [
  { name: 'web-log', what: '100 MiB of log, 1.5 million lines', script: logScript('something of src/module/part.ts and others: fine') },
  { name: 'web-colours', what: 'the same with colours in each line', script: logScript('src/module/part.ts and others: \\033[1;32mfine\\033[0m \\033[2mok\\033[0m') },
];

const figureNames = ['open', 'search', 'scroll', 'memory'] as const;
type Figures = Record<(typeof figureNames)[number], number[]>;

/** One log of a size that other viewers cut, plain and coloured. */
export const webLogs: readonly Benchmark[] = logs.map(({ name, what, script }) => ({
  names: figureNames.map((figure) => `${name}-${figure}`),
  measure: (session) =>
    inRepo(script, async (repo) => {
      await repo.jci('run', '-q');
      const [ref = ''] = await repo.refs();
      const path = `/jci/${ref.slice('refs/jci-runs/'.length)}/run.output.txt`;
      const figures: Figures = { open: [], search: [], scroll: [], memory: [] };
      for (let round = session.quick ? 1 : 3; round > 0; round--) {
        // Anew each time, since a server remembers what it has read.
        await serving(repo, session, (url) => inBrowser((open) => open((page) => measureLog(page, `${url}${path}`, figures))));
      }
      return rowsOf(name, what, figures);
    }),
}));

const rowsOf = (name: string, what: string, { open, search, scroll, memory }: Figures): Row[] => [
  makeFixedRow({ name: `${name}-open`, what: `${what}: from navigation until its first lines are there, server just started`, measured: open, most: 1000 }),
  makeFixedRow({ name: `${name}-search`, what: `${what}: from the text in the field until the hit in its last line is told of`, measured: search, most: 1000 }),
  makeFixedRow({ name: `${name}-scroll`, what: `${what}: longest task while it is scrolled by wheel, scrollbar and End; 0 is below 50`, measured: scroll, most: 50 }),
  makeFixedRow({ name: `${name}-memory`, what: `${what}: the most memory that the tab's process has had`, measured: memory, most: 300, unit: 'MiB' }),
];

async function measureLog(page: Page, url: string, figures: Figures): Promise<void> {
  const shown = (text: string): string => `[...document.querySelectorAll('.log-row')].some((row) => row.textContent.includes(${JSON.stringify(text)}))`;
  await page.addInitScript(`
    const look = () => { if (${shown('1          checking')}) window.openAt = performance.now(); else requestAnimationFrame(look); };
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
  await page.waitForFunction(shown('1          checking'));
  await page.keyboard.press('/');
  const begin = performance.now();
  await page.keyboard.insertText('needle');
  await page.waitForFunction("/[1-9]/.test(document.querySelector('.log-count')?.textContent ?? '')");
  figures.search.push(performance.now() - begin);
  await page.keyboard.press('Enter');
  await page.waitForFunction(shown('the needle'));
  figures.memory.push(await peakMiB(page));
}

/** By the wheel, by the scrollbar from top to bottom and half-way back, and with a key. */
async function scroll(page: Page, isAtEnd: string): Promise<void> {
  const box = await page.locator('.log-scroller').boundingBox();
  if (box === null) throw new Error('the log is not there');
  // Below the scrollbar's button.
  const bar = { x: box.x + box.width - 6, y: box.y + 22 };
  await page.mouse.move(box.x + 300, box.y + 300);
  for (let turn = 0; turn < 30; turn++) await page.mouse.wheel(0, 700);
  await page.mouse.move(bar.x, bar.y);
  await page.mouse.down();
  await page.mouse.move(bar.x, box.y + box.height - 5, { steps: 30 });
  await page.waitForFunction(`Number(document.querySelector('.log-row').dataset.line) > ${lines * 0.9}`);
  await page.mouse.move(bar.x, box.y + box.height / 2, { steps: 15 });
  await page.mouse.up();
  await page.keyboard.press('End');
  await page.waitForFunction(isAtEnd);
}

/** What all of the tab's process took at its most, code of the browser that it shares with others included. */
async function peakMiB(page: Page): Promise<number> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  const info = await session?.send('SystemInfo.getProcessInfo');
  const renderers = info?.processInfo.filter(({ type }) => type === 'renderer') ?? [];
  const peaks = renderers.map(({ id }) => Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]));
  if (peaks.length === 0) throw new Error('no process shows pages');
  return Math.max(...peaks) / 1024;
}
