import type { Step } from '../../../src/model/step.ts';

/** A step as a bar; `left` and `width` in percent of the whole time. */
export interface Bar {
  step: Step;
  state: 'passed' | 'failed' | 'unfinished' | 'unknown';
  left: number;
  width: number;
  /** Steps beside it that ran while it did. */
  beside: readonly string[];
}

/** Steps of a run on one axis. */
export interface Timeline {
  bars: Bar[];
  /** Times that are marked on the axis, `at` in percent. */
  ticks: { ms: number; at: number }[];
  /** Steps that were left out, since there are many. */
  hidden: number;
}

const many = 60;
const thinnest = 0.4;
const touchMs = 5;

/**
 * Puts steps on a common axis of time, in the order they began.
 * @param durationMs of the run, as far as it is known.
 * @param whole also the inner ones of a run that has many.
 */
export function timelineOf(steps: readonly Step[], durationMs: number, whole: boolean): Timeline {
  const totalMs = steps.reduce((latest, step) => Math.max(latest, step.startMs + step.durationMs), Math.max(durationMs, 1));
  const shown = whole ? steps : withoutMost(steps);
  // Steps inside others do not run beside them.
  const beside = shown.length <= 2 * many ? (step: Step) => shown.filter((other) => other !== step && other.depth === step.depth && overlap(step, other)).map(({ name }) => name) : () => [];
  return {
    bars: shown.map((step) => ({ ...barOf(step, totalMs), beside: beside(step) })),
    ticks: ticksOf(totalMs),
    hidden: steps.length - shown.length,
  };
}

/** Results may say anything: a bar never leaves the axis. */
function barOf(step: Step, totalMs: number): Omit<Bar, 'beside'> {
  const left = Math.min(100 - thinnest, Math.max(0, (step.startMs / totalMs) * 100));
  const width = Math.max(thinnest, Math.min(100 - left, (step.durationMs / totalMs) * 100));
  return { step, state: stateOf(step), left, width };
}

/** Steps that only touch ran one after the other: their times are rounded. */
const overlap = (a: Step, b: Step): boolean => Math.min(a.startMs + a.durationMs, b.startMs + b.durationMs) - Math.max(a.startMs, b.startMs) > touchMs;

/** A group of output tells no exit code, and so nobody knows how it went. */
export function stateOf({ exitCode, unfinished }: Step): Bar['state'] {
  if (unfinished === true) return 'unfinished';
  if (exitCode === undefined) return 'unknown';
  return exitCode === 0 ? 'passed' : 'failed';
}

/** Of very many: those of the script itself, and those that failed. */
function withoutMost(steps: readonly Step[]): Step[] {
  if (steps.length <= many) return [...steps];
  const outer = steps.filter((step) => step.depth === 0 || isBad(step));
  return outer.length <= 2 * many ? outer : outer.filter((step, index) => index < 2 * many || isBad(step)).slice(0, 5 * many);
}

const isBad = (step: Step): boolean => ['failed', 'unfinished'].includes(stateOf(step));

/** Four to ten round times. */
export function ticksOf(totalMs: number): Timeline['ticks'] {
  const rough = totalMs / 5;
  const step = units.findLast((unit) => unit <= rough) ?? 1;
  const distance = step * Math.max(1, Math.round(rough / step));
  return Array.from({ length: Math.floor(totalMs / distance) + 1 }, (_, index) => ({ ms: index * distance, at: ((index * distance) / totalMs) * 100 }));
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const units = [1, 2, 5, 10, 20, 50, 100, 200, 500, ...[1, 2, 5, 10, 15, 30].map((n) => n * second), ...[1, 2, 5, 10, 15, 30].map((n) => n * minute), ...[1, 2, 6, 12, 24].map((n) => n * hour)];

/**
 * Steps that failed or were not over, but not those that only failed because one inside them did.
 * A step is inside another if it is deeper and its lines are between those of the other.
 */
export function failedSteps(steps: readonly Step[]): Step[] {
  const bad = steps.filter(isBad);
  // To compare thousands with each other, mostly groups that nobody ended, takes seconds.
  return bad.length > 1000 ? bad : bad.filter((step) => !bad.some((inner) => inner.depth > step.depth && inner.firstLine >= step.firstLine && inner.lastLine <= step.lastLine));
}
