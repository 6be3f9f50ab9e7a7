import { existsSync } from 'node:fs';
// What bundles the benchmark has a name like this for itself.
import { createRequire as requireFrom } from 'node:module';
import { join } from 'node:path';
import type * as Playwright from 'playwright-core';
import { projectRoot } from './test-environment.ts';

const executablePath = '/usr/bin/chromium';

/** It runs as root in containers, shows nothing, and asks nobody but our server for anything. To act as a GPU takes it an eighth of its time. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-gpu-compositing',
  '--disable-software-rasterizer',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Debian's Chromium; how long that may take is the business of the test's own limit. @param scrollbars that can be taken hold of; without, pictures have none. @throws Error that says what to install when it is not there. */
export function launchChromium({ scrollbars = false } = {}): Promise<Playwright.Browser> {
  if (!existsSync(executablePath)) throw new Error(`the browser tests need ${executablePath}: apt-get install chromium`);
  // It looks for files of its own beside its code: a bundle has none.
  const { chromium } = requireFrom(join(projectRoot, 'package.json'))('playwright-core') as typeof Playwright;
  return chromium.launch({ executablePath, args, timeout: 0, ignoreDefaultArgs: scrollbars ? ['--hide-scrollbars'] : [] });
}
