import type { RunDetail } from '../../../src/api/run-detail.ts';
import type { Step } from '../../../src/model/step.ts';
import { formatDuration } from '../../../src/base/duration.ts';
import { verdictOf } from '../../parts/verdict.ts';
import { formatCount } from '../../parts/format-count.ts';
import { failedSteps } from './timeline.ts';

const livePhases = {
  waiting: 'It waits for its turn: other runs are under way.',
  running: '',
  storing: 'Its script is over; the result is being stored.',
  lost: 'The git jci that ran it is gone. The next git jci command stores what there is.',
} as const;

const meanings = {
  passed: '',
  failed: 'The script failed',
  timeout: 'It ran out of time',
  cancelled: 'It was cancelled',
  interrupted: 'git jci was ended before the script was over',
  broken: 'The script could not be started',
} as const;

/** Why a run is what it is, in a sentence or two; its verdict stands beside it. Empty where nothing is to be added. */
export function outcomeSentence({ item, record, steps, tests }: Pick<RunDetail, 'item' | 'record' | 'steps' | 'tests'>): string {
  if (item.live !== null) return livePhases[item.live];
  if (item.problem !== null) return `Its result cannot be read: ${item.problem}.`;
  if (record === null) return 'A result of another tool: more than its log and its verdict is not known.';
  if (record.outcome === 'passed') return failuresOf(steps, tests);
  return [causeOf(record), failuresOf(steps, tests)].filter((part) => part !== '').join(' ');
}

function causeOf({ outcome, reason, exitCode, signal }: NonNullable<RunDetail['record']>): string {
  if (reason !== undefined && reason !== '') return sentence(reason);
  if (signal !== null) return `${meanings[outcome]}: it was ended by ${signal}.`;
  return exitCode === null ? `${meanings[outcome]}.` : `${meanings[outcome]} with exit code ${exitCode}.`;
}

function failuresOf(steps: readonly Step[], tests: RunDetail['tests']): string {
  const bad = failedSteps(steps);
  const failed = bad.map(({ name }) => `“${name}”`);
  const what = bad.every(({ unfinished }) => unfinished === true) ? 'Not over' : 'Failed';
  const named = failed.slice(0, mostNamed).join(', ');
  const more = failed.length > mostNamed ? ` and ${failed.length - mostNamed} more` : '';
  const all = tests === null ? 0 : tests.totals.passed + tests.totals.failed + tests.totals.skipped;
  return [
    ...(failed.length === 0 ? [] : [`${what}: step${failed.length === 1 ? '' : 's'} ${named}${more}.`]),
    ...(tests === null || tests.totals.failed === 0 ? [] : [`${formatCount(tests.totals.failed)} of ${formatCount(all)} tests failed.`]),
  ].join(' ');
}

const mostNamed = 3;

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

/** What `dirty` means for a reader of this result. */
export const dirtyMeaning = 'The working tree had changes that are in no commit, so this result says nothing about the commit itself.';

/** The verdict and how long it took: `failed after 12.0 s`. */
export function verdictWords(item: RunDetail['item']): string {
  const verdict = verdictOf(item);
  if (item.live !== null) return item.live === 'lost' ? verdict : item.live;
  if (item.durationMs === null) return verdict;
  return `${verdict} ${verdict === 'passed' ? 'in' : 'after'} ${formatDuration(item.durationMs)}`;
}
