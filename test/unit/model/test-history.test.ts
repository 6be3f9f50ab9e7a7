import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testKey, testStatuses, type TestCase, type TestStatus } from '../../../src/model/test-case.ts';
import { compareTests, findFlaky, type RunTests, type TestComparison } from '../../../src/model/test-history.ts';
import { caseOf } from '../../helpers/sample-case.ts';

const letters = { p: 'passed', f: 'failed', e: 'error', s: 'skipped' } as const;
type Letter = keyof typeof letters;
const isLetter = (text: string): text is Letter => text in letters;

/** A run `seconds` after the first, with a case per entry: `{ a: 'p' }` is test `a` that passed. */
const runOf = (seconds: number, results: Record<string, Letter>, more: Partial<RunTests> = {}): RunTests => ({
  runId: `${1_700_000_000 + seconds}-0000`,
  commit: 'c'.repeat(40),
  tree: 't'.repeat(40),
  script: 'd'.repeat(40),
  dirty: false,
  cases: Object.entries(results).map(([name, letter]) => caseOf(name, letters[letter])),
  ...more,
});

/** Runs of test `a` with these results, one a second. */
const runsOf = (results: string, more: Partial<RunTests> = {}): RunTests[] =>
  [...results].map((letter, i) => runOf(i, { a: isLetter(letter) ? letter : 'p' }, more));

describe('findFlaky', () => {
  test.each([
    ['', 0],
    ['p', 0],
    ['ppp', 0],
    ['fff', 0],
    ['fef', 0],
    ['ss', 0],
    ['psp', 0],
    ['sf', 0],
    ['pf', 1],
    ['fp', 1],
    ['pe', 1],
    ['psf', 1],
    ['pfp', 2],
    ['ppffpp', 2],
    ['pfpfe', 3],
  ])('results %j have %d flips', (results, flips) => {
    expect(findFlaky(runsOf(results)).map((flaky) => flaky.flips)).toEqual(flips === 0 ? [] : [flips]);
  });

  test('tells the runs and their results, oldest first, without the skipped ones', () => {
    const history = runsOf('pses');
    expect(findFlaky([...history].reverse())).toEqual([
      {
        suite: 's',
        name: 'a',
        flips: 1,
        passed: 1,
        failed: 1,
        evidence: [
          {
            tree: 't'.repeat(40),
            script: 'd'.repeat(40),
            results: [
              { runId: history[0]?.runId, commit: 'c'.repeat(40), status: 'passed' },
              { runId: history[2]?.runId, commit: 'c'.repeat(40), status: 'error' },
            ],
          },
        ],
      },
    ]);
  });

  test('another tree or another script explains a change', () => {
    expect(findFlaky([runOf(0, { a: 'p' }), runOf(1, { a: 'f' }, { tree: 'x' })])).toEqual([]);
    expect(findFlaky([runOf(0, { a: 'p' }), runOf(1, { a: 'f' }, { script: 'x' })])).toEqual([]);
  });

  test('another commit of the same tree does not', () => {
    const flaky = findFlaky([runOf(0, { a: 'p' }), runOf(1, { a: 'f' }, { commit: 'x' })]);
    expect(flaky[0]?.evidence[0]?.results.map(({ commit }) => commit)).toEqual(['c'.repeat(40), 'x']);
  });

  test('dirty runs never count', () => {
    expect(findFlaky([runOf(0, { a: 'p' }), runOf(1, { a: 'f' }, { dirty: true })])).toEqual([]);
    expect(findFlaky(runsOf('pfpf', { dirty: true }))).toEqual([]);
  });

  test('counts only where there is evidence', () => {
    const history = [...runsOf('pf'), ...runsOf('pfp', { tree: 'x' }), ...runsOf('fff', { tree: 'y' }), ...runsOf('p', { tree: 'z' })];
    expect(findFlaky(history)).toMatchObject([{ flips: 3, passed: 3, failed: 2, evidence: [{}, {}] }]);
  });

  test('a test that is missing from a run has no result there', () => {
    expect(findFlaky([runOf(0, { a: 'p' }), runOf(1, { b: 'f' }), runOf(2, { a: 'f' })])).toMatchObject([{ name: 'a', flips: 1 }]);
  });

  test('most flips come first, then most failures, then the name', () => {
    const history = [
      runOf(0, { z: 'p', y: 'p', x: 'f', w: 'p' }),
      runOf(1, { z: 'f', y: 'f', x: 'f', w: 'f' }),
      runOf(2, { z: 'p', y: 'f', x: 'p', w: 'f' }),
      runOf(3, { z: 'p', y: 'f', x: 'p', w: 'f' }),
    ];
    expect(findFlaky(history).map(({ name }) => name)).toEqual(['z', 'w', 'y', 'x']);
  });

  test('tests of the same name in other suites are others', () => {
    const other = (status: TestStatus): readonly TestCase[] => [caseOf('a', status), caseOf('a', 'passed', { suite: 't' })];
    expect(findFlaky([runOf(0, {}, { cases: other('passed') }), runOf(1, {}, { cases: other('failed') })])).toMatchObject([
      { suite: 's', name: 'a' },
    ]);
  });

  test('of two cases of the same name in one run the first counts', () => {
    const twice = [caseOf('a', 'passed'), caseOf('a', 'failed')];
    expect(findFlaky([runOf(0, {}, { cases: twice }), runOf(1, {}, { cases: twice })])).toEqual([]);
  });

  const letter = fc.constantFrom<Letter>('p', 'f', 'e', 's');
  const history = fc.array(
    fc
      .record({ at: fc.nat(5), tree: fc.constantFrom('t', 'u'), script: fc.constantFrom('d', 'e'), dirty: fc.boolean(), a: letter, b: letter })
      .map(({ at, tree, script, dirty, a, b }) => runOf(at, { a, b }, { tree, script, dirty })),
    { maxLength: 12 },
  );

  test('the order of the history does not matter where times differ', () => {
    const distinct = history.map((runs) => runs.map((run, i) => ({ ...run, runId: `${1_700_000_000 + i}-0000` })));
    fc.assert(
      fc.property(distinct.chain((runs) => fc.tuple(fc.constant(runs), fc.shuffledSubarray(runs, { minLength: runs.length }))), ([runs, shuffled]) => {
        expect(findFlaky(shuffled)).toEqual(findFlaky(runs));
      }),
    );
  });

  test('is what the definition says', () => {
    fc.assert(
      fc.property(history, (runs) => {
        const flakyNames = ['a', 'b'].filter((name) =>
          runs.some((run) => runs.some((other) =>
            !run.dirty && !other.dirty && run.tree === other.tree && run.script === other.script &&
            run.cases.some((one) => one.name === name && one.status === 'passed') &&
            other.cases.some((one) => one.name === name && ['failed', 'error'].includes(one.status)),
          )),
        );
        const found = findFlaky(runs);
        expect(found.map(({ name }) => name).sort()).toEqual(flakyNames);
        for (const { flips, passed, failed, evidence } of found) {
          expect(flips).toBeGreaterThanOrEqual(evidence.length);
          expect(flips).toBeLessThanOrEqual(2 * Math.min(passed, failed));
          expect(evidence.flatMap(({ results }) => results)).toHaveLength(passed + failed);
        }
      }),
    );
  });
});

describe('compareTests', () => {
  /** The lists that are not empty, as names. */
  function lists(comparison: TestComparison): Record<string, string[]> {
    const entries = Object.entries(comparison).map(([list, tests]): [string, string[]] => [
      list,
      (tests as { name: string }[]).map(({ name }) => name),
    ]);
    return Object.fromEntries(entries.filter(([, names]) => names.length > 0));
  }

  test.each([
    ['p', 'p', undefined],
    ['p', 'f', 'broken'],
    ['p', 'e', 'broken'],
    ['p', 's', 'nowSkipped'],
    ['p', '-', 'removed'],
    ['f', 'p', 'fixed'],
    ['f', 'f', 'stillFailing'],
    ['f', 'e', 'stillFailing'],
    ['f', 's', 'nowSkipped'],
    ['f', '-', 'removed'],
    ['e', 'p', 'fixed'],
    ['e', 'f', 'stillFailing'],
    ['e', 'e', 'stillFailing'],
    ['e', 's', 'nowSkipped'],
    ['s', 'p', 'nowRunning'],
    ['s', 'f', 'broken'],
    ['s', 'e', 'broken'],
    ['s', 's', undefined],
    ['-', 'p', 'added'],
    ['-', 'f', 'added'],
    ['-', '-', undefined],
  ])('%s then %s is %s', (before, after, list) => {
    const cases = (letter: string): TestCase[] => (isLetter(letter) ? [caseOf('a', letters[letter])] : []);
    expect(lists(compareTests(cases(before), cases(after)))).toEqual(list === undefined ? {} : { [list]: ['a'] });
  });

  test('a change holds both cases', () => {
    const before = caseOf('a', 'failed', { message: 'no' });
    const after = caseOf('a', 'passed');
    expect(compareTests([before], [after]).fixed).toEqual([{ suite: 's', name: 'a', before, after }]);
  });

  test.each([
    [100, 200, true],
    [100, 199, false],
    [0, 100, true],
    [1, 100, false],
    [1, 101, true],
    [300, 599, false],
    [300, 600, true],
    [600, 300, false],
    [null, 1000, false],
    [1000, null, false],
  ])('from %s ms to %s ms: slower is %s', (before, after, slower) => {
    const timed = (durationMs: number | null): TestCase[] => [caseOf('a', 'passed', { durationMs })];
    expect(compareTests(timed(before), timed(after)).slower).toHaveLength(slower ? 1 : 0);
  });

  test('the slower ones are sorted by what they grew, the others stand in the order of their run', () => {
    const timed = (name: string, durationMs: number): TestCase => caseOf(name, 'passed', { durationMs });
    const slow = compareTests([timed('a', 100), timed('b', 100)], [timed('a', 300), timed('b', 900)]);
    expect(lists(slow)).toEqual({ slower: ['b', 'a'] });
    const [a, b, c] = [caseOf('a', 'failed'), caseOf('b', 'failed'), caseOf('c', 'failed')];
    expect(lists(compareTests([a, b], [c, b, a]))).toEqual({ stillFailing: ['b', 'a'], added: ['c'] });
    expect(lists(compareTests([c, b, a], []))).toEqual({ removed: ['c', 'b', 'a'] });
  });

  const cases = fc.array(
    fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), suite: fc.constantFrom('s', 't'), status: fc.constantFrom(...testStatuses), durationMs: fc.option(fc.nat(500)) }),
    { maxLength: 8 },
  ).map((given) => given.map((one) => caseOf(one.name, one.status, one)));

  const keys = (comparison: TestComparison): string[] => Object.values(comparison).flatMap((tests: TestCase[]) => tests.map(testKey));

  test('a test is in at most one list', () => {
    fc.assert(
      fc.property(cases, cases, (before, after) => {
        const all = keys(compareTests(before, after));
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });

  test('a run does not differ from itself but for what still fails', () => {
    fc.assert(
      fc.property(cases, (run) => {
        const { stillFailing, ...others } = compareTests(run, run);
        expect(lists({ stillFailing: [], ...others })).toEqual({});
        expect(stillFailing.every(({ before, after }) => before === after)).toBe(true);
      }),
    );
  });

  test('backwards, what was added is removed and what was fixed is broken', () => {
    fc.assert(
      fc.property(cases, cases, (before, after) => {
        const there = lists(compareTests(before, after));
        const back = lists(compareTests(after, before));
        expect([...(there['added'] ?? [])].sort()).toEqual([...(back['removed'] ?? [])].sort());
        expect([...(there['stillFailing'] ?? [])].sort()).toEqual([...(back['stillFailing'] ?? [])].sort());
        for (const name of there['fixed'] ?? []) expect(back['broken']).toContain(name);
      }),
    );
  });
});
