import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Has the next documents of a tab be ready for `violationsOf`; the tab must have `bypassCSP`. */
export async function installAxe(page: Page): Promise<void> {
  await page.addInitScript(axe);
}

/** What axe finds. What depends on colours is looked for in both themes, all else in one. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await page.evaluate<AxeResults>('axe.run(document)');
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await page.evaluate<AxeResults>("axe.run(document, { runOnly: ['color-contrast', 'link-in-text-block'] })");
  return [...light.violations, ...dark.violations].flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`));
}
