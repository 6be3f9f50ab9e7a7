import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countTests, testKey, testStatuses, type TestCase } from '../../../src/model/test-case.ts';
import { createCaseList, type CaseList } from '../../../src/report/case-list.ts';
import { defaultReportLimits, type ReportLimits } from '../../../src/report/report.ts';
import { caseOf } from '../../helpers/sample-case.ts';

const same = (text: string): string => text;

const listOf = (limits: Partial<ReportLimits> = {}, redact = same): CaseList =>
  createCaseList({ ...defaultReportLimits, ...limits }, redact);

function added(list: CaseList, ...cases: TestCase[]): CaseList {
  cases.forEach(list.add);
  return list;
}

const names = (list: CaseList): string[] => list.result().cases.map(({ name }) => name);

test('keeps what it is given, and counts it', () => {
  const cases = [caseOf('a', 'passed', { durationMs: 0.1 }), caseOf('b', 'error', { durationMs: 0.2, file: 'f', line: 3 })];
  expect(added(listOf(), ...cases).result()).toEqual({
    version: 1,
    totals: { passed: 1, failed: 1, skipped: 0, durationMs: 0.3 },
    cases,
  });
});

describe('names', () => {
  test('of the same suite are made different', () => {
    expect(names(added(listOf(), caseOf('a'), caseOf('a'), caseOf('b'), caseOf('a')))).toEqual(['a', 'a #2', 'b', 'a #3']);
  });

  test('of other suites may be the same', () => {
    expect(names(added(listOf(), caseOf('a'), caseOf('a', 'passed', { suite: 't' })))).toEqual(['a', 'a']);
  });

  test('that look as if they had been made different are left as they are if they can', () => {
    expect(names(added(listOf(), caseOf('a #2'), caseOf('a'), caseOf('a')))).toEqual(['a #2', 'a', 'a #3']);
    expect(names(added(listOf(), caseOf('a'), caseOf('a'), caseOf('a #2')))).toEqual(['a', 'a #2', 'a #2 #2']);
  });

  test('that are empty, of several lines or too long are made readable', () => {
    const long = 'x'.repeat(2000);
    const list = added(listOf(), caseOf(' \n'), caseOf('a\n  b'), caseOf(long), caseOf(long));
    expect(names(list)).toEqual(['(no name)', 'a b', `${'x'.repeat(999)}…`, `${'x'.repeat(999)}… #2`]);
  });

  test('are unique with their suites, whatever they are', () => {
    const name = fc.constantFrom('a', 'a #2', 'a #3', 'a #2 #2', ' a', '', '(no name)');
    fc.assert(
      fc.property(fc.array(fc.record({ name, suite: fc.constantFrom('s', 't') }), { maxLength: 30 }), (given) => {
        const { cases } = added(listOf(), ...given.map((one) => caseOf(one.name, 'passed', one))).result();
        expect(new Set(cases.map(testKey)).size).toBe(given.length);
      }),
    );
  });
});

describe('more cases than the limit', () => {
  test('are counted', () => {
    const { cases, omitted, totals } = added(listOf({ cases: 2 }), caseOf('a'), caseOf('b'), caseOf('c', 'skipped')).result();
    expect(cases.map(({ name }) => name)).toEqual(['a', 'b']);
    expect({ omitted, totals }).toMatchObject({ omitted: 1, totals: { passed: 2, skipped: 1 } });
  });

  test('give way to failed ones, the latest first', () => {
    const list = added(listOf({ cases: 3 }), caseOf('a'), caseOf('b', 'failed'), caseOf('c', 'skipped'));
    expect(names(added(list, caseOf('d'), caseOf('e', 'failed')))).toEqual(['a', 'b', 'e']);
    expect(names(added(list, caseOf('f', 'error')))).toEqual(['b', 'e', 'f']);
    expect(names(added(list, caseOf('g', 'error')))).toEqual(['b', 'e', 'f']);
    expect(list.result()).toMatchObject({ omitted: 4, totals: { passed: 2, failed: 4, skipped: 1 } });
  });

  test('any cases: totals of all, never too many kept, and a failed one is left out only for failed ones', () => {
    const statuses = fc.array(fc.constantFrom(...testStatuses), { maxLength: 30 });
    fc.assert(
      fc.property(statuses, fc.integer({ min: 0, max: 10 }), (given, limit) => {
        const all = given.map((status, i) => caseOf(String(i), status));
        const { cases, totals, omitted = 0 } = added(listOf({ cases: limit }), ...all).result();
        expect(totals).toEqual(countTests(all));
        expect(cases).toHaveLength(Math.min(limit, all.length));
        expect(cases.length + omitted).toBe(all.length);
        expect(countTests(cases).failed).toBe(Math.min(limit, totals.failed));
        const order = cases.map(({ name }) => Number(name));
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }),
    );
  });
});

describe('texts', () => {
  test('are cut at their limits', () => {
    const list = added(listOf(), caseOf('a', 'failed', { message: 'm'.repeat(3000), details: 'd'.repeat(20_000) }));
    const [only] = list.result().cases;
    expect(only?.message).toBe(`${'m'.repeat(1999)}…`);
    expect(only?.details).toBe(`${'d'.repeat(15_999)}…`);
  });

  test('that are empty or say the same twice are left out', () => {
    const list = added(
      listOf(),
      caseOf('a', 'failed', { message: ' ', details: '\n' }),
      caseOf('b', 'failed', { message: 'm\n', details: '\nm' }),
    );
    expect(list.result().cases.map(({ message, details }) => [message, details])).toEqual([
      [undefined, undefined],
      ['m', undefined],
    ]);
  });

  test('all go through redaction', () => {
    const hide = (text: string): string => text.replaceAll('secret', '***');
    const text = 'my secret';
    const [only] = added(listOf({}, hide), caseOf(text, 'failed', { suite: text, message: text, details: `${text}!`, file: text })).result().cases;
    expect(only).toMatchObject({ name: 'my ***', suite: 'my ***', message: 'my ***', details: 'my ***!', file: 'my ***' });
  });

  test('beyond what there is room for: cases without details and with short messages', () => {
    const failed = (name: string): TestCase => caseOf(name, 'failed', { message: 'm'.repeat(500), details: 'd'.repeat(600) });
    const list = added(listOf({ text: 1000 }), failed('a'), failed('b'), caseOf('c', 'failed', { message: 'm' }));
    const lengths = list.result().cases.map(({ message, details }) => [message?.length, details?.length]);
    expect(lengths).toEqual([[500, 600], [200, undefined], [1, undefined]]);
    expect(list.withoutDetails()).toBe(1);
  });
});
