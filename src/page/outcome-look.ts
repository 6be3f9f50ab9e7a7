import type { Outcome } from '../model/outcome.ts';
import type { RunRecord } from '../model/record.ts';
import { afterDuration } from '../model/run-duration.ts';

/** How a page shows an outcome: by word, by colour and by shape. */
export interface OutcomeLook {
  title: string;
  color: 'good' | 'bad' | 'warn';
  /** The same colour for where no style sheet reaches. */
  rgb: string;
  /** Strokes in a circle of 24 by 24. */
  path: string;
}

const check = 'M7 12.5l3.5 3.5 6.5-7';
const cross = 'M8 8l8 8M16 8l-8 8';
const clock = 'M12 6.5V12l3.5 2.5';
const dash = 'M7 12h10';
const mark = 'M12 6.5v7M12 17.2v.1';

const good = { color: 'good', rgb: '1a7f37' } as const;
const bad = { color: 'bad', rgb: 'c4232d' } as const;
const warn = { color: 'warn', rgb: '8a5d00' } as const;

const looks: Record<Outcome, OutcomeLook> = {
  passed: { title: 'Passed', ...good, path: check },
  failed: { title: 'Failed', ...bad, path: cross },
  timeout: { title: 'Timed out', ...bad, path: clock },
  cancelled: { title: 'Cancelled', ...warn, path: dash },
  interrupted: { title: 'Interrupted', ...warn, path: mark },
  broken: { title: 'Could not run', ...bad, path: mark },
};

export const outcomeLook = (outcome: Outcome): OutcomeLook => looks[outcome];

/** One sentence about how the run ended. */
export function outcomeReason({ outcome, reason, exitCode, durationMs }: RunRecord): string {
  const after = afterDuration(durationMs, outcome);
  if (reason !== undefined) return asSentence(reason);
  if (outcome === 'failed') return `The script ended with exit code ${exitCode ?? '?'} ${after}`;
  return outcome === 'passed' ? `The script succeeded ${after}` : `It ended ${after}`;
}

const asSentence = (reason: string): string => (reason.startsWith('git ') ? reason : reason.charAt(0).toUpperCase() + reason.slice(1));
