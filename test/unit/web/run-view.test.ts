import { describe, expect, test } from 'vitest';
import type { RunDetail } from '../../../src/api/run-detail.ts';
import type { Step } from '../../../src/model/step.ts';
import { outcomeSentence, verdictWords } from '../../../web/views/run/outcome-sentence.ts';
import { failedSteps, ticksOf, timelineOf } from '../../../web/views/run/timeline.ts';

const step = (name: string, startMs: number, durationMs: number, more: Partial<Step> = {}): Step => ({
  name,
  depth: 0,
  firstLine: 1,
  lastLine: 2,
  startMs,
  durationMs,
  ...more,
});

describe('the timeline', () => {
  test('puts steps that ran at once above each other', () => {
    const { bars } = timelineOf([step('a', 0, 500), step('b', 250, 750)], 1000, false);
    expect(bars.map(({ left, width }) => [left, width])).toEqual([
      [0, 50],
      [25, 75],
    ]);
  });

  test('tells which steps ran beside each other: not one after the other, not one inside another', () => {
    const { bars } = timelineOf([step('a', 0, 500), step('b', 250, 750), step('in b', 300, 100, { depth: 1 }), step('c', 1000, 10)], 1010, false);
    expect(bars.map(({ beside }) => beside)).toEqual([['b'], ['a'], [], []]);
  });

  test('has room for steps that end after the run did, and keeps bars on the axis', () => {
    const { bars, ticks } = timelineOf([step('a', -50, 2000), step('b', 5000, 1e12)], 1000, false);
    const last = ticks.at(-1);
    expect(((last?.ms ?? 0) * 100) / (last?.at ?? 1)).toBeCloseTo(1e12 + 5000, 0);
    for (const { left, width } of bars) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(width).toBeGreaterThan(0);
      expect(left + width).toBeLessThanOrEqual(100.0001);
    }
  });

  test('can be seen of a run that took no time', () => {
    expect(timelineOf([step('a', 0, 0)], 0, false).bars[0]?.width).toBeGreaterThan(0);
  });

  test('of very many steps shows the outer ones and those that failed', () => {
    const steps = Array.from({ length: 300 }, (_, index) => step(`s${index}`, index, 1, { depth: index % 100 === 0 ? 0 : 1, exitCode: index === 42 ? 1 : 0 }));
    const few = timelineOf(steps, 300, false);
    expect(few.bars.map((bar) => bar.step.name)).toEqual(['s0', 's42', 's100', 's200']);
    expect(few.hidden).toBe(296);
    expect(timelineOf(steps, 300, true)).toMatchObject({ hidden: 0, bars: { length: 300 } });
  });

  test('of thousands that failed shows some, and counts the others', () => {
    const steps = Array.from({ length: 10_000 }, (_, index) => step(`s${index}`, index, 1, { depth: Math.min(index, 100), unfinished: true }));
    const { bars, hidden } = timelineOf(steps, 10_000, false);
    expect(bars.length).toBeLessThanOrEqual(300);
    expect(hidden + bars.length).toBe(10_000);
  });

  test.each([1, 7, 340, 4200, 61_000, 3_600_000, 90_000_000, 1e11])('marks a few round times of %d ms', (total) => {
    const ticks = ticksOf(total);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(11);
    expect(ticks[0]).toEqual({ ms: 0, at: 0 });
    expect(ticks.at(-1)?.at).toBeLessThanOrEqual(100);
  });
});

describe('failed steps', () => {
  test('are the innermost ones', () => {
    const outer = step('outer', 0, 9, { exitCode: 1, firstLine: 1, lastLine: 20 });
    const inner = step('inner', 1, 2, { depth: 1, exitCode: 1, firstLine: 3, lastLine: 5 });
    const fine = step('fine', 3, 2, { depth: 1, exitCode: 0, firstLine: 6, lastLine: 8 });
    const other = step('other', 5, 2, { unfinished: true, firstLine: 21, lastLine: 30 });
    expect(failedSteps([outer, inner, fine, other])).toEqual([inner, other]);
  });

  test('are not those of which nothing is known', () => expect(failedSteps([step('group', 0, 1)])).toEqual([]));
});

type Given = Pick<RunDetail, 'item' | 'record' | 'steps' | 'tests'>;
type Run = Omit<Partial<Given>, 'item' | 'record'> & { item?: Partial<RunDetail['item']>; record?: Partial<NonNullable<RunDetail['record']>> | null };

/** A run that failed, but for what is given. */
function run({ item, record, ...rest }: Run): Given {
  const base = { status: 'failed', outcome: 'failed', durationMs: 1500, live: null, problem: null };
  const fields = { outcome: 'failed', exitCode: 1, signal: null };
  return {
    item: { ...base, ...item } as RunDetail['item'],
    record: record === null ? null : ({ ...fields, ...record } as RunDetail['record']),
    steps: [],
    tests: null,
    ...rest,
  };
}

describe('the outcome in words', () => {
  const totals = { passed: 5, failed: 2, skipped: 1, durationMs: 10 };
  test.each<[string, Run]>([
    ['The script failed with exit code 1.', {}],
    ['The script failed: it was ended by SIGSEGV.', { record: { exitCode: null, signal: 'SIGSEGV' } }],
    ['Ended after its timeout of 30 min 00 s.', { record: { outcome: 'timeout', reason: 'ended after its timeout of 30 min 00 s' } }],
    ['It was cancelled.', { record: { outcome: 'cancelled', exitCode: null } }],
    ['The script failed with exit code 1. 2 of 8 tests failed.', { tests: { totals, failed: [], omitted: 0 } }],
    ['The script failed with exit code 1. Failed: step “unit”.', { steps: [step('unit', 0, 1, { exitCode: 1 })] }],
    [
      'The script failed with exit code 1. Failed: steps “a”, “b”, “c” and 1 more.',
      { steps: ['a', 'b', 'c', 'd'].map((name) => step(name, 0, 1, { exitCode: 1 })) },
    ],
    ['Cancelled by ada. Not over: step “unit”.', { record: { outcome: 'cancelled', exitCode: null, reason: 'cancelled by ada' }, steps: [step('unit', 0, 1, { unfinished: true })] }],
    ['', { record: { outcome: 'passed', exitCode: 0 } }],
    ['A result of another tool: more than its log and its verdict is not known.', { record: null }],
    ['Its result cannot be read: object missing.', { record: null, item: { problem: 'object missing' } }],
    ['It waits for its turn: other runs are under way.', { record: null, item: { live: 'waiting', status: 'running' } }],
  ])('%s', (words, given) => expect(outcomeSentence(run(given))).toBe(words));

  test.each<[string, Run['item']]>([
    ['failed after 1.5 s', {}],
    ['passed in 1.5 s', { outcome: 'passed', status: 'success' }],
    ['passed', { outcome: null, status: 'success', durationMs: null }],
    ['storing', { outcome: null, status: 'running', live: 'storing' }],
    ['interrupted', { outcome: null, status: 'running', live: 'lost' }],
  ])('has the verdict: %s', (words, item = {}) => expect(verdictWords(run({ item }).item)).toBe(words));
});
