import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyRetention, dropOldest, type RetentionRules, type RetentionRun } from '../../../src/model/retention.ts';
import type { ResultSummary } from '../../../src/model/trailers.ts';

const day = 86_400_000;
const now = 1_760_000_000_000;

const summary = (status: ResultSummary['status'], branch?: string): ResultSummary => ({
  status,
  outcome: undefined,
  durationMs: undefined,
  tree: undefined,
  script: undefined,
  branch,
  trigger: undefined,
  exitCode: undefined,
  dirty: false,
});

/** A run so many days old. */
const run = (age: number, status?: ResultSummary['status'], branch?: string, commit = 'c'): RetentionRun => ({
  commit,
  runId: `${(now - age * day) / 1000}-0000`,
  summary: status === undefined ? undefined : summary(status, branch),
});

const noRules: RetentionRules = { olderThanMs: undefined, failed: false, unreachable: false, keepLast: undefined };

function removed(runs: RetentionRun[], rules: Partial<RetentionRules>, gone: string[] = [], spared: RetentionRun[] = []): RetentionRun[] {
  const facts = { now, gone: new Set(gone), isSpared: (one: RetentionRun) => spared.includes(one) };
  return applyRetention(runs, { ...noRules, ...rules }, facts).remove.map((judged) => judged.run);
}

const passedNew = run(1, 'ok', 'main');
const failedNew = run(2, 'err', 'main');
const passedOld = run(31, 'ok', 'main', 'gone');
const failedOld = run(32, 'err', 'topic');
const unreadableOld = run(40);
const all = [passedNew, failedNew, passedOld, failedOld, unreadableOld];

describe('applyRetention', () => {
  test.each<[string, Partial<RetentionRules>, RetentionRun[]]>([
    ['no rule removes nothing', {}, []],
    ['old', { olderThanMs: 30 * day }, [passedOld, failedOld, unreadableOld]],
    ['failed', { failed: true }, [failedNew, failedOld]],
    ['old and failed narrow each other', { olderThanMs: 30 * day, failed: true }, [failedOld]],
    ['unreachable alone', { unreachable: true }, [passedOld]],
    ['unreachable adds to a narrow rule', { unreachable: true, olderThanMs: 30 * day, failed: true }, [passedOld, failedOld]],
    ['keep-last is no rule against anything', { keepLast: 1 }, []],
    ['keep-last protects per branch', { olderThanMs: 0, keepLast: 1 }, [failedNew, passedOld]],
    ['keep-last protects from unreachable too', { unreachable: true, keepLast: 3 }, []],
  ])('%s', (_, rules, expected) => {
    expect(removed(all, rules, ['gone'])).toEqual(expected);
  });

  test('exactly as old as the limit is not older', () => {
    expect(removed([run(30)], { olderThanMs: 30 * day })).toEqual([]);
    expect(removed([run(30)], { olderThanMs: 30 * day - 1 })).toHaveLength(1);
  });

  test('a clock set back makes nothing old', () => {
    expect(removed([run(-5)], { olderThanMs: 0 })).toEqual([]);
  });

  test('a spared run stays, and takes its place among the newest', () => {
    const runs = [run(1, 'err', 'main'), run(2, 'err', 'main'), run(3, 'err', 'main')];
    expect(removed(runs, { failed: true, keepLast: 1 }, [], [runs[0]!])).toEqual(runs.slice(1));
  });

  test('says why', () => {
    const { remove, protected: safe } = applyRetention(all, { ...noRules, failed: true, unreachable: true, olderThanMs: day, keepLast: 1 }, { now, gone: new Set(['gone']), isSpared: () => false });
    expect(remove).toEqual([
      { run: failedNew, reasons: ['old', 'failed'] },
      { run: passedOld, reasons: ['unreachable'] },
    ]);
    expect(safe.map(({ reasons }) => reasons)).toEqual([[], ['old', 'failed'], []]);
  });

  const anyRun = fc.record({ age: fc.integer({ min: 0, max: 400 }), status: fc.constantFrom('ok', 'err', undefined), branch: fc.constantFrom('a', 'b', undefined) });
  const anyRules = fc.record({ olderThanMs: fc.option(fc.integer({ min: 0, max: 400 * day }), { nil: undefined }), failed: fc.boolean(), unreachable: fc.boolean(), keepLast: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }) });

  test('every run is judged once, and the newest of each branch never goes', () => {
    fc.assert(
      fc.property(fc.array(anyRun, { maxLength: 40 }), anyRules, (specs, rules) => {
        const runs = specs.sort((a, b) => a.age - b.age).map(({ age, status, branch }) => run(age, status, branch));
        const { remove, protected: safe, keep } = applyRetention(runs, rules, { now, gone: new Set(['c']), isSpared: () => false });
        expect(new Set([...remove.map(({ run: one }) => one), ...safe.map(({ run: one }) => one), ...keep])).toEqual(new Set(runs));
        expect(remove.length + safe.length + keep.length).toBe(runs.length);
        expect(remove.every(({ reasons }) => reasons.length > 0)).toBe(true);
        if (rules.keepLast === undefined) return;
        for (const branch of ['a', 'b', undefined]) {
          const ofBranch = runs.filter((one) => one.summary?.branch === branch).slice(0, rules.keepLast);
          expect(remove.filter(({ run: one }) => ofBranch.includes(one))).toEqual([]);
        }
      }),
    );
  });
});

describe('dropOldest', () => {
  const sizes = [10, 10, 500, 1, 1];
  const drop = (maxBytes: number, protectedBytes = 0): number => dropOldest(sizes.map((bytes, index) => ({ bytes, index })), ({ bytes }) => bytes, protectedBytes, maxBytes).length;

  test.each([
    [522, 0],
    [521, 1],
    [520, 2],
    // The big one goes, and what is older with it, although that would fit.
    [519, 3],
    [20, 3],
    [19, 4],
    [0, 5],
  ])('in %i bytes: %i go', (maxBytes, expected) => {
    expect(drop(maxBytes)).toBe(expected);
  });

  test('what must stay counts first', () => {
    expect(drop(522, 1)).toBe(1);
    expect(drop(100, 200)).toBe(5);
  });
});
