import { computed, signal, type Signal } from '@preact/signals';
import type { RunDetail } from '../../src/api/run-detail.ts';
import { foldLines } from './folds.ts';
import { parseRange } from './line-range.ts';
import type { LogStep } from './step-words.ts';

export type LogState = ReturnType<typeof createLogState>;

/** All that one log view knows, but for the lines. */
export function createLogState() {
  const run = signal<RunDetail | undefined>(undefined);
  const folded = signal<ReadonlySet<number>>(new Set());
  const total = signal(0);
  const steps = computed(() => stepsOf(run.value, total));
  const annotations = computed(() => (run.value?.record ?? run.value)?.annotations ?? []);
  return {
    run,
    total,
    complete: signal(false),
    following: signal(false),
    /** Lines that came since the reader left the end. */
    unseen: signal(0),
    steps,
    /** Numbers of steps by the line of their head; of two in one line the first. */
    heads: computed(() => new Map(steps.value.map(({ firstLine }, index) => [firstLine, index] as const).reverse())),
    /** Numbers of steps. */
    folded,
    folds: computed(() => foldLines(steps.value, folded.value)),
    /** What annotations make of lines. */
    levels: computed(() => new Map(annotations.value.map(({ logLine, level }) => [logLine, level] as const).reverse())),
    /** Lines with errors. */
    errors: computed(() => annotations.value.flatMap(({ logLine, level }) => (level === 'error' ? [logLine] : []))),
    /** In ms since 1970. */
    start: computed(() => Date.parse(run.value?.record?.startedAt ?? run.value?.item.startedAt ?? '')),
    range: signal(parseRange(location.hash)),
    /** The first line that nothing covers. */
    top: signal(1),
    /** The line that was gone to last; 0 before that. */
    current: signal(0),
    /** The steps that the line at the top is in. */
    around: signal<readonly number[]>([]),
    /** Number of the current hit, from 0; -1 before the first. */
    hit: signal(-1),
    /** Ctrl-A: all lines, whether they are in the page or not. */
    all: signal(false),
    message: signal(''),
    problem: signal(''),
  };
}

/** The line behind which a reader looks for the next thing. */
export const hereIn = ({ current, top }: LogState): number => (current.value === 0 ? top.value - 1 : current.value);

/** What is not over has all lines that come. Line 0 is not in the log yet. */
function stepsOf(run: RunDetail | undefined, total: Signal<number>): readonly LogStep[] {
  const steps = run?.steps ?? [];
  return isUnderWay(run) ? steps.map((step) => (step.unfinished === true && step.firstLine > 0 ? { ...step, lastLine: Math.max(total.value, step.lastLine), running: true } : step)) : steps;
}

/** Whether a run has no result yet, and may still get one: its log has what it has. */
export const isUnderWay = (run: RunDetail | undefined): boolean => run !== undefined && run.item.live !== null && run.item.live !== 'lost';
