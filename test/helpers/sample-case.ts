import type { TestCase, TestStatus } from '../../src/model/test-case.ts';

/** A test case of a report of which nothing but its name and how it ended is of interest. */
export const caseOf = (name: string, status: TestStatus = 'passed', more: Partial<TestCase> = {}): TestCase => ({
  suite: 's',
  name,
  status,
  durationMs: null,
  report: 'r.xml',
  ...more,
});
