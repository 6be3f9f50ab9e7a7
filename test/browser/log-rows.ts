import type { Page } from 'playwright-core';

/** The row of a line with this text, if it is in the page. */
export const rowOf = (text: string): string => `[aria-label=Lines] > [role=listitem]:has-text(${JSON.stringify(text)})`;

/** Resolves when a line with this text can be seen as a whole. */
export const untilSeen = (page: Page, text: string): Promise<unknown> =>
  page.waitForFunction((wanted) => {
    const frame = document.querySelector('[aria-label=Log][role=region]')?.getBoundingClientRect();
    const texts = [...document.querySelectorAll('[aria-label=Lines] .log-text')];
    const box = texts.find(({ textContent }) => textContent.includes(wanted))?.getBoundingClientRect();
    return frame !== undefined && box !== undefined && box.top >= frame.top && box.bottom <= frame.bottom;
  }, text);
