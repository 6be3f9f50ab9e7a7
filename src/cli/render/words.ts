import { printable } from '../../output/terminal-text.ts';

/** `1 run`, `12 runs`. */
export const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** How many of many names are shown; the number of the rest has to do. */
export const shownNames = 3;

/** The first few of many refs. */
export const namesOf = (refs: readonly string[]): string =>
  `${refs.slice(0, shownNames).map((ref) => printable(ref)).join(', ')}${refs.length > shownNames ? ', ...' : ''}`;
