import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** It runs as root in containers, shows nothing, and asks nobody but our server for anything. */
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Starts Debian's Chromium. @throws Error that says what to install when it is not there. */
export function launchChromium(more: readonly string[] = []): Promise<Browser> {
  if (!existsSync(executablePath)) throw new Error(`the browser tests need ${executablePath}: apt-get install chromium`);
  return chromium.launch({ executablePath, args: [...args, ...more] });
}
