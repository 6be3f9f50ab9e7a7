export const testStatuses = ['passed', 'failed', 'error', 'skipped'] as const;
export type TestStatus = (typeof testStatuses)[number];

/** One test case of a JUnit or TAP report. */
export interface TestCase {
  /** Test suite or file: the part that groups. May be empty. */
  suite: string;
  name: string;
  status: TestStatus;
  /** `null` where the report gives no time. */
  durationMs: number | null;
  /** First line(s) of what went wrong. */
  message?: string;
  /** Stack trace, diff or captured output, cut at a limit. */
  details?: string;
  file?: string;
  line?: number;
  /** The artefact it was read from. */
  report: string;
}

export interface TestTotals {
  passed: number;
  failed: number;
  skipped: number;
  /** Sum of the cases' own times. */
  durationMs: number;
}

/** What tests.json holds. `omitted` counts cases beyond the limit. */
export interface TestsFile {
  version: 1;
  totals: TestTotals;
  cases: TestCase[];
  omitted?: number;
}

/** A case is the same test in another run when this is equal. */
export const testKey = (test: Pick<TestCase, 'suite' | 'name'>): string => `${test.suite}\u0000${test.name}`;

/** Counts cases; `error` counts as failed. */
export function countTests(cases: readonly TestCase[]): TestTotals {
  const totals: TestTotals = { passed: 0, failed: 0, skipped: 0, durationMs: 0 };
  for (const { status, durationMs } of cases) {
    if (status === 'passed') totals.passed += 1;
    else if (status === 'skipped') totals.skipped += 1;
    else totals.failed += 1;
    totals.durationMs += durationMs ?? 0;
  }
  return totals;
}
