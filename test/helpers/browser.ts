import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { launchChromium } from './chromium.ts';

export interface PageOptions extends BrowserContextOptions {
  /** Errors that belong to what is tested: a frame that is kept from doing something says so. */
  expected?: RegExp;
}

/** The browser of a test file. */
export interface TestBrowser {
  /** Opens a tab without cookies or storage for one test. What the browser complains of meanwhile fails it. */
  withPage(body: (page: Page) => Promise<void>, options?: PageOptions): Promise<void>;
  /**
   * The same for half the work, which is to start a process for the page: it is a tab beside others of the file. Storage is emptied behind it; what is
   * granted to it would stay.
   */
  withTab(body: (page: Page) => Promise<void>): Promise<void>;
}

/** Has one Chromium for all tests of the file that calls this. */
export function useBrowser(): TestBrowser {
  let browser: Browser | undefined;
  let tabs: SharedTabs | undefined;
  const started = (): Browser => {
    if (browser === undefined) throw new Error('the browser has not been started');
    return browser;
  };
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await tabs?.close();
    await browser?.close();
  });
  return {
    async withPage(body, { expected, ...options } = {}) {
      const context = await newContext(started(), options);
      try {
        await inNewTab(context, body, expected);
      } finally {
        await context.close();
      }
    },
    async withTab(body) {
      const shared = (tabs ??= await openSharedTabs(started()));
      try {
        await inNewTab(shared.context, async (page) => {
          await body(page);
          await forget(page);
          await page.close();
        });
      } catch (error) {
        // Nobody knows where it stands: the next begins anew.
        tabs = undefined;
        await shared.close();
        throw error;
      }
    },
  };
}

async function newContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
  // The console hears of most violations; the event of all.
  await context.addInitScript("addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => console.error('CSP', violatedDirective, blockedURI))");
  return context;
}

async function inNewTab(context: BrowserContext, body: (page: Page) => Promise<void>, expected?: RegExp): Promise<void> {
  const page = await context.newPage();
  const complaints = listen(page);
  await body(page);
  expect(complaints.filter((complaint) => expected?.test(complaint) !== true)).toEqual([]);
}

interface SharedTabs {
  context: BrowserContext;
  close(): Promise<void>;
}

/** One tab of the same host stays open: Chromium's process for it is there for the next. */
async function openSharedTabs(browser: Browser): Promise<SharedTabs> {
  const server = createServer((_, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const context = await newContext(browser, {});
  const first = await context.newPage();
  await first.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    context,
    async close() {
      await context.close();
      server.close();
    },
  };
}

async function forget(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin: new URL(page.url()).origin, storageTypes: 'all' });
}

/** Collects errors of the console, and what scripts threw and nobody caught. */
function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('crash', () => complaints.push('the tab crashed'));
  return complaints;
}
