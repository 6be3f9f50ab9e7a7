import type { Page } from 'playwright-core';
import { launchChromium } from '../helpers/chromium.ts';
import type { LiveProcess, TestRepo } from '../helpers/repo.ts';
import type { Session } from './benchmark.ts';

/** Runs `git jci web` as long as `body` takes. @param body is given its URL, without a slash at the end. */
export async function serving<T>(repo: TestRepo, { jci: [file = '', ...first] }: Session, body: (url: string) => Promise<T>): Promise<T> {
  const server: LiveProcess = repo.start(file, ...first, 'web', '0');
  await server.untilOutput('/\n');
  try {
    return await body(server.stdout().trim().replace(/\/$/, ''));
  } finally {
    server.kill('SIGINT');
    await server.exit();
  }
}

/** Opens a tab. */
export type Open = <T>(body: (page: Page) => Promise<T>) => Promise<T>;

/** Runs Chromium. @param body is given what opens a tab, with nothing remembered, for as long as its own body takes. */
export async function inBrowser<T>(body: (open: Open) => Promise<T>): Promise<T> {
  const browser = await launchChromium({ scrollbars: true });
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

