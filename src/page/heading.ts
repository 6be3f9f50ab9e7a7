import { escapeHtml } from './html.ts';

/** A heading with something smaller beside it; both are text. */
export const heading = (title: string, aside = ''): string =>
  `<h2>${escapeHtml(title)}${aside === '' ? '' : `<small>${escapeHtml(aside)}</small>`}</h2>\n`;

/** `1 file`, `2 files`. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
