import type { ObjectId } from './object-id.ts';
import { runIdSeconds, type RunId } from './run-id.ts';
import { testKey, type TestCase, type TestStatus } from './test-case.ts';

/** The test cases of one run, and what it ran. */
export interface RunTests {
  runId: RunId;
  commit: ObjectId;
  tree: ObjectId;
  /** The blob id of the `.jci/run.sh` that ran. */
  script: ObjectId;
  dirty: boolean;
  cases: readonly TestCase[];
}

export interface FlakyResult {
  runId: RunId;
  commit: ObjectId;
  /** `skipped` tells nothing and is left out. */
  status: Exclude<TestStatus, 'skipped'>;
}

/** Runs of the same tree by the same script, oldest first, in which a test both passed and failed. */
export interface FlakyEvidence {
  tree: ObjectId;
  script: ObjectId;
  results: FlakyResult[];
}

export interface FlakyTest {
  suite: string;
  name: string;
  /** How often the result changed from one run to the next, though nothing else did. */
  flips: number;
  /** Over the evidence only. `error` counts as failed. */
  passed: number;
  failed: number;
  evidence: FlakyEvidence[];
}

/**
 * The tests whose result changed without a change of tree or script, most flips first, then most failures, then by
 * suite and name. The history may come in any order; dirty runs never count, since nobody knows what they ran.
 */
export function findFlaky(history: readonly RunTests[]): FlakyTest[] {
  const found = new Map<string, FlakyTest>();
  for (const runs of comparableRuns(history)) {
    for (const [test, results] of resultsByTest(runs)) addEvidence(found, test, runs, results);
  }
  return [...found.values()].sort(flakiestFirst);
}

/** Groups of runs of the same tree and script, each oldest first; a run that has none to compare with is in none. */
function comparableRuns(history: readonly RunTests[]): RunTests[][] {
  const groups = new Map<string, RunTests[]>();
  for (const run of [...history].sort(oldestFirst)) {
    if (run.dirty) continue;
    const key = `${run.tree} ${run.script}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [run]);
    else group.push(run);
  }
  return [...groups.values()].filter((runs) => runs.length > 1);
}

const oldestFirst = (a: RunTests, b: RunTests): number =>
  runIdSeconds(a.runId) - runIdSeconds(b.runId) || compareText(a.runId, b.runId) || compareText(a.commit, b.commit);

type NamedTest = Pick<TestCase, 'suite' | 'name'>;

function resultsByTest(runs: readonly RunTests[]): Iterable<[NamedTest, FlakyResult[]]> {
  const byKey = new Map<string, [NamedTest, FlakyResult[]]>();
  for (const { runId, commit, cases } of runs) {
    for (const { suite, name, status } of firstOfEach(cases).values()) {
      if (status === 'skipped') continue;
      const key = testKey({ suite, name });
      const entry: [NamedTest, FlakyResult[]] = byKey.get(key) ?? [{ suite, name }, []];
      entry[1].push({ runId, commit, status });
      byKey.set(key, entry);
    }
  }
  return byKey.values();
}

function addEvidence(
  found: Map<string, FlakyTest>,
  { suite, name }: NamedTest,
  [run]: readonly RunTests[],
  results: FlakyResult[],
): void {
  const failed = results.filter(({ status }) => status !== 'passed').length;
  const passed = results.length - failed;
  if (run === undefined || failed === 0 || passed === 0) return;
  const key = testKey({ suite, name });
  const flaky = found.get(key) ?? { suite, name, flips: 0, passed: 0, failed: 0, evidence: [] };
  flaky.flips += countFlips(results);
  flaky.passed += passed;
  flaky.failed += failed;
  flaky.evidence.push({ tree: run.tree, script: run.script, results });
  found.set(key, flaky);
}

const countFlips = (results: readonly FlakyResult[]): number =>
  results.filter(({ status }, i) => {
    const before = results[i - 1]?.status;
    return before !== undefined && (before === 'passed') !== (status === 'passed');
  }).length;

const flakiestFirst = (a: FlakyTest, b: FlakyTest): number =>
  b.flips - a.flips || b.failed - a.failed || compareText(a.suite, b.suite) || compareText(a.name, b.name);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A test in two runs. */
export interface TestChange {
  suite: string;
  name: string;
  before: TestCase;
  after: TestCase;
}

/** How the tests of one run differ from those of another. Left out: what passed in both, what ran in neither. */
export interface TestComparison {
  /** Failed, now passes. */
  fixed: TestChange[];
  /** Passed or was skipped, now fails. */
  broken: TestChange[];
  stillFailing: TestChange[];
  /** Ran, now is skipped: a failure may hide in it. */
  nowSkipped: TestChange[];
  /** Was skipped, now passes. */
  nowRunning: TestChange[];
  /** Only in the later run, whatever its result. */
  added: TestCase[];
  /** Only in the earlier run. */
  removed: TestCase[];
  /** Passed in both and takes at least twice as long and 100 ms longer, the largest growth first. */
  slower: TestChange[];
}

/**
 * Compares the tests of two runs. Every test is in at most one list; the lists are in the order of their run, except
 * `slower`.
 */
export function compareTests(before: readonly TestCase[], after: readonly TestCase[]): TestComparison {
  const earlier = firstOfEach(before);
  const later = firstOfEach(after);
  const changes = [...later].flatMap(([key, test]) => {
    const old = earlier.get(key);
    return old === undefined ? [] : [{ suite: test.suite, name: test.name, before: old, after: test }];
  });
  const list = (kind: ChangeKind): TestChange[] => changes.filter((change) => kindOf(change) === kind);
  return {
    fixed: list('fixed'),
    broken: list('broken'),
    stillFailing: list('stillFailing'),
    nowSkipped: list('nowSkipped'),
    nowRunning: list('nowRunning'),
    added: [...later].flatMap(([key, test]) => (earlier.has(key) ? [] : [test])),
    removed: [...earlier].flatMap(([key, test]) => (later.has(key) ? [] : [test])),
    slower: list('slower').sort((a, b) => growthMs(b) - growthMs(a)),
  };
}

type ChangeKind = Exclude<keyof TestComparison, 'added' | 'removed'>;

function kindOf(change: TestChange): ChangeKind | undefined {
  const before = resultOf(change.before);
  const after = resultOf(change.after);
  if (after === 'failed') return before === 'failed' ? 'stillFailing' : 'broken';
  if (after === 'skipped') return before === 'skipped' ? undefined : 'nowSkipped';
  if (before === 'failed') return 'fixed';
  if (before === 'skipped') return 'nowRunning';
  return isSlower(change) ? 'slower' : undefined;
}

const resultOf = ({ status }: TestCase): 'passed' | 'failed' | 'skipped' => (status === 'error' ? 'failed' : status);

/** Below this the clock and the machine's other work weigh more than the code. */
const telling = { factor: 2, ms: 100 };

const isSlower = (change: TestChange): boolean =>
  growthMs(change) >= telling.ms && (change.after.durationMs ?? 0) >= telling.factor * (change.before.durationMs ?? 0);

/** 0 where a time is not known. */
const growthMs = ({ before, after }: TestChange): number =>
  before.durationMs === null || after.durationMs === null ? 0 : after.durationMs - before.durationMs;

/** Readers make names unique; of cases that are not, the first counts. */
function firstOfEach(cases: readonly TestCase[]): Map<string, TestCase> {
  const byKey = new Map<string, TestCase>();
  for (const test of cases) {
    const key = testKey(test);
    if (!byKey.has(key)) byKey.set(key, test);
  }
  return byKey;
}
