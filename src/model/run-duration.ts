import { formatDuration } from '../base/duration.ts';
import type { Outcome } from './outcome.ts';

/** How long a run took. Of one whose git jci died only that is known which its files tell: `> 2.0 s`. */
export const formatRunDuration = (durationMs: number, outcome: Outcome | undefined): string =>
  `${outcome === 'interrupted' ? '> ' : ''}${formatDuration(durationMs)}`;

/** The same in a sentence: `after 2.0 s`, `after at least 2.0 s`. */
export const afterDuration = (durationMs: number, outcome: Outcome): string =>
  `after ${outcome === 'interrupted' ? 'at least ' : ''}${formatDuration(durationMs)}`;
