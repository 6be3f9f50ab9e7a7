import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
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
}

/** Has one Chromium for all tests of the file that calls this. */
export function useBrowser(): TestBrowser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  return {
    async withPage(body, options = {}) {
      if (browser === undefined) throw new Error('the browser has not been started');
      await inNewTab(browser, body, options);
    },
  };
}

async function inNewTab(browser: Browser, body: (page: Page) => Promise<void>, { expected, ...options }: PageOptions): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
  try {
    // The console hears of most violations; the event of all.
    await context.addInitScript("addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => console.error('CSP', violatedDirective, blockedURI))");
    const page = await context.newPage();
    const complaints = listen(page);
    await body(page);
    expect(complaints.filter((complaint) => expected?.test(complaint) !== true)).toEqual([]);
  } finally {
    await context.close();
  }
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
