import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBrowser } from '../helpers/browser.ts';
import { rowOf, untilSeen } from './log-rows.ts';
import { useViewer } from '../helpers/viewer-server.ts';

const lines = 400_000;

const browser = useBrowser();

const viewer = useViewer(
  async (repo) => {
    await repo.jci('run', '-q');
    const [ref = ''] = await repo.refs();
    return { path: `/jci/${ref.slice('refs/jci-runs/'.length)}/run.output.txt` };
  },
  { script: `printf '\\033[31mred\\033[0m line\\n'; printf ' 10%%\\r100%% done\\n'; seq -f 'line %.0f of the log' 3 ${lines}; echo needle at the end\n` },
);

/** Nested steps, parallel ones, lines that wrap, and errors one below the other. */
const steps = useViewer(
  async (repo) => {
    await repo.jci('run', '-q');
    const [ref = ''] = await repo.refs();
    return { path: `/jci/${ref.slice('refs/jci-runs/'.length)}/run.output.txt` };
  },
  {
    script: `
git jci step build -- sh -c 'echo building; git jci step compile -- seq -f "compile %.0f" 1 200; echo built'
git jci step unit -- seq -f 'unit %.0f' 1 20 & git jci step lint -- seq -f 'lint %.0f' 1 20 & wait
echo before the errors
echo 'error: the first one'; echo 'error: the second one'
seq -f "%.0f $(printf 'said again and again, %.0s' $(seq 1 30))" 1 200
echo the last word
`,
  },
);

const log = () => `${viewer.url}${viewer.made.path}`;
const field = (page: Page): Locator => page.getByRole('searchbox', { name: 'Search the log' });
const isOnScreen = (page: Page, text: string): Promise<boolean> =>
  page.locator(rowOf(text)).evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });

describe('a log of many lines', () => {
  test('opens with its first lines, and few of them are in the page', () =>
    browser.withTab(async (page) => {
      await page.goto(log());
      await page.locator(rowOf('line 9 of the log')).waitFor();
      expect(await page.locator('[aria-label=Lines] > [role=listitem]').count()).toBeLessThan(150);
    }));

  test('shows colours, and of a line that was written over what is left of it', () =>
    browser.withTab(async (page) => {
      await page.goto(log());
      const red = page.locator(`${rowOf('red line')} .log-text span`, { hasText: /^red$/ });
      await red.waitFor();
      const [colour, around] = await red.evaluate((element) => [getComputedStyle(element).color, getComputedStyle(element.parentElement ?? element).color]);
      expect(colour).not.toBe(around);
      expect(await page.locator(`${rowOf('100% done')} .log-text`).innerText()).toBe('100% done');
    }));

  test('is at its end with one key, and at its start with another', () =>
    browser.withTab(async (page) => {
      await page.goto(log());
      await page.locator(rowOf('line 9 of the log')).waitFor();
      await page.keyboard.press('End');
      await page.locator(rowOf('needle at the end')).waitFor();
      await page.keyboard.press('Home');
      await page.locator(rowOf('line 9 of the log')).waitFor();
    }));

  test('is at the lines that the address names, and marks them', () =>
    browser.withTab(async (page) => {
      await page.goto(`${log()}#L300000-L300002`);
      await page.locator(rowOf('line 299998 of the log')).waitFor();
      const chosen = page.locator('[aria-label=Lines] > .chosen');
      await chosen.nth(2).waitFor();
      expect(await chosen.count()).toBe(3);
      expect(await isOnScreen(page, (await chosen.nth(1).locator('.log-text').innerText()))).toBe(true);
    }));

  test('gives an address to the line whose number is clicked', () =>
    browser.withTab(async (page) => {
      await page.goto(log());
      await page.locator(rowOf('line 9 of the log')).waitFor();
      const number = page.locator(rowOf('line 9 of the log')).locator('.log-number');
      const text = await number.innerText();
      await number.click();
      await page.waitForURL(`**#L${text}`);
    }));

  test('is searched to its end, which is gone to', () =>
    browser.withTab(async (page) => {
      await page.goto(log());
      await page.locator(rowOf('line 9 of the log')).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('needle AT');
      await page.getByText('1 of 1', { exact: true }).waitFor();
      await page.keyboard.press('Enter');
      await page.locator(rowOf('needle at the end')).waitFor();
      expect(await isOnScreen(page, 'needle at the end')).toBe(true);
      await page.getByRole('button', { name: 'Match case' }).click();
      await page.getByText('No hits').waitFor();
    }));

  test.each([
    ['End', -50, 'needle at the end'],
    ['Home', 50, 'red line'],
  ] as const)('%s wins over what a wheel has set in motion', (key, pixels, there) =>
    browser.withTab(async (page) => {
      // On a busy machine frames are far apart, and a scroller that waits for the next one must not be taken for one at rest.
      await page.addInitScript(() => {
        const { setTimeout } = window;
        Object.assign(window, { setTimeout: (action: () => void, ms: number) => setTimeout(action, 10 * ms) });
      });
      await page.goto(log());
      await page.locator(rowOf('line 9 of the log')).waitFor();
      await page.mouse.move(600, 400);
      await page.mouse.wheel(0, 5000);
      await page.locator(rowOf('line 250 of the log')).waitFor();
      // A frame of momentum after the other, as browsers have it; the key comes in between.
      await page.evaluate(async ([pressed, by]) => {
        const scroller = document.querySelector<HTMLElement>('[aria-label=Log][role=region]');
        for (let frame = 0; frame < 40; frame += 1) {
          if (frame === 20) scroller?.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }));
          scroller?.scrollBy(0, by);
          await new Promise(requestAnimationFrame);
        }
      }, [key, pixels] as const);
      await untilSeen(page, there);
      // The bar comes to where it belongs, and the log stays.
      await page.waitForFunction((isEnd) => {
        const scroller = document.querySelector('[aria-label=Log][role=region]');
        const part = scroller === null ? NaN : scroller.scrollTop / (scroller.scrollHeight - scroller.clientHeight);
        return isEnd ? part > 0.9999 : part < 0.0001;
      }, key === 'End');
      expect(await isOnScreen(page, there)).toBe(true);
    }));

  test('goes to the first hit of what was typed, when Enter came before it', () =>
    browser.withTab(async (page) => {
      await page.goto(log());
      await page.locator(rowOf('line 9 of the log')).waitFor();
      await field(page).pressSequentially('line 3999');
      await field(page).press('Enter');
      await untilSeen(page, 'line 3999 of the log');
      await page.getByText('1 of 111', { exact: true }).waitFor();
      await field(page).press('Enter');
      await page.getByText('2 of 111', { exact: true }).waitFor();
      await untilSeen(page, 'line 39990 of the log');
    }));

  test('tells why a search ended before the log did, and that there may be more', () =>
    browser.withTab(async (page) => {
      await page.route('**/search?*', (route) =>
        route.fulfill({ contentType: 'application/x-ndjson', body: '{"hits":[{"line":9},{"line":12}],"count":2,"searched":20}\n{"count":2,"searched":20,"done":true,"problem":"it takes too long"}\n' }),
      );
      await page.goto(log());
      await page.locator(rowOf('line 9 of the log')).waitFor();
      await field(page).fill('line');
      await page.getByText('1 of 2+ · it takes too long', { exact: true }).waitFor();
    }));

  test('marks hits in the colours of the theme, when the system changes it too', () =>
    browser.withTab(async (page) => {
      const colour = (): Promise<string> =>
        page.evaluate(() => [...(document.querySelector<HTMLCanvasElement>('canvas.log-marks')?.getContext('2d')?.getImageData(1, 0, 1, 1).data ?? [])].join());
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(log());
      await page.locator(rowOf('line 9 of the log')).waitFor();
      await field(page).fill('line');
      await page.getByText(/^1 of 399,99\d$/).waitFor();
      const light = await colour();
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.waitForFunction((before) => [...(document.querySelector<HTMLCanvasElement>('canvas.log-marks')?.getContext('2d')?.getImageData(1, 0, 1, 1).data ?? [])].join() !== before, light);
      expect(await colour()).toMatch(/,255$/);
    }));

  test('is scrolled by a finger', () =>
    browser.withPage(
      async (page) => {
        await page.goto(log());
        await page.locator(rowOf('line 9 of the log')).waitFor();
        const devtools = await page.context().newCDPSession(page);
        const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...ys: number[]): Promise<unknown> =>
          devtools.send('Input.dispatchTouchEvent', { type, touchPoints: ys.map((y) => ({ x: 200, y })) });
        for (let swipe = 0; swipe < 3; swipe += 1) {
          await touch('touchStart', 700);
          for (let y = 680; y >= 300; y -= 20) await touch('touchMove', y);
          await touch('touchEnd');
        }
        await page.locator(rowOf('line 9 of the log')).waitFor({ state: 'detached' });
        // A finger goes pixel by pixel, however long the log is that the scrollbar stands for.
        expect(Number(await page.locator('[aria-label=Lines] > [role=listitem] .log-number').first().innerText())).toBeLessThan(100);
      },
      { hasTouch: true, viewport: { width: 400, height: 800 } },
    ));
});

describe('a log of steps', () => {
  const open = async (page: Page, hash = ''): Promise<void> => {
    await page.goto(`${steps.url}${steps.made.path}${hash}`);
    await page.locator('[aria-label=Lines] > [role=listitem]').first().waitFor();
  };

  test('is at its very end, however high its lines are', () =>
    browser.withPage(
      async (page) => {
        await open(page);
        await page.keyboard.press('End');
        await untilSeen(page, 'the last word');
        await untilSeen(page, 'git jci: passed after');
        await page.keyboard.press('w');
        await untilSeen(page, 'git jci: passed after');
      },
      { viewport: { width: 700, height: 600 } },
    ));

  test('is at the line of the address, though those above it are high', () =>
    browser.withPage(
      async (page) => {
        await open(page, '#L350');
        await page.locator('[aria-label=Lines] > .chosen').waitFor();
        expect(await page.locator('[aria-label=Lines] > .chosen .log-number').innerText()).toBe('350');
        await page.waitForFunction(() => {
          const [frame, box] = ['[aria-label=Log][role=region]', '.chosen'].map((name) => document.querySelector(name)?.getBoundingClientRect());
          return frame !== undefined && box !== undefined && box.height > 100 && box.top >= frame.top && box.bottom <= frame.bottom;
        });
      },
      { viewport: { width: 900, height: 700 } },
    ));

  test('folds all steps, and those alone that are asked for; what is selected across them is copied whole', () =>
    browser.withTab(async (page) => {
      await open(page);
      await page.keyboard.press('Home');
      await page.keyboard.press('-');
      await untilSeen(page, 'before the errors');
      const heads = page.locator('[aria-label=Lines] > .head .log-text');
      expect((await heads.allInnerTexts()).map((text) => text.replace(/^\W+/, '')).sort()).toEqual(['build', 'lint', 'unit']);

      const copied = await page.evaluate(() => {
        const texts = [...document.querySelectorAll('[aria-label=Lines] .log-text')];
        const [from, to] = ['build', 'before the errors'].map((wanted) => texts.find(({ textContent }) => textContent.includes(wanted)));
        if (from === undefined || to === undefined) return '';
        getSelection()?.setBaseAndExtent(from, 0, to, to.childNodes.length);
        const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), bubbles: true, cancelable: true });
        from.dispatchEvent(event);
        return event.clipboardData?.getData('text/plain') ?? '';
      });
      expect(copied.split('\n').filter((line) => /^(?:compile|unit|lint) \d+$/.test(line))).toHaveLength(240);

      await page.getByRole('button', { name: /^build: / }).click();
      await page.locator(rowOf('compile')).first().waitFor();
      expect(await page.getByRole('button', { name: /^compile: / }).getAttribute('aria-expanded')).toBe('false');
      await page.keyboard.press('+');
      await page.locator(rowOf('compile 9')).first().waitFor();
    }));

  test('tells that it looks for an error, and misses none', () =>
    browser.withTab(async (page) => {
      let answer: () => void = () => undefined;
      const asked = new Promise<void>((resolve) => (answer = resolve));
      await page.route('**/next-error?*', async (route) => {
        await asked;
        await route.continue();
      });
      await open(page);
      await page.keyboard.press('e');
      await page.getByText('Looking …').waitFor();
      answer();
      const message = page.getByText(/^Error in line \d+$/);
      await message.waitFor();
      await untilSeen(page, 'error: the first one');
      const first = Number(/\d+/.exec(await message.innerText())?.[0]);
      await page.keyboard.press('e');
      await page.getByText(`Error in line ${first + 1}`, { exact: true }).waitFor();
      await page.keyboard.press('e');
      await page.getByText('No error below').waitFor();
    }));
});
