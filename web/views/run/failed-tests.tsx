import { Link } from '../../navigation.tsx';
import { runPath, testsName } from '../../../src/api/paths.ts';
import type { RunDetail } from '../../../src/api/run-detail.ts';
import { testKey } from '../../../src/model/test-case.ts';
import { formatCount } from '../../parts/format-count.ts';
import { TestCaseItem } from '../tests/test-case.tsx';

const few = 20;

/** The tests that failed, the first one with all that is known about it. */
export function FailedTests({ run }: { run: RunDetail }) {
  const { item, tests } = run;
  if (tests === null || tests.failed.length === 0) return null;
  const { failed } = tests.totals;
  return (
    <section aria-labelledby="failed-tests">
      <h2 id="failed-tests">{failed === 1 ? '1 failed test' : `${formatCount(failed)} failed tests`}</h2>
      {tests.failed.slice(0, few).map((test, index) => <TestCaseItem key={`${testKey(test)} ${index}`} run={run} test={test} open={index === 0} />)}
      {failed > few ? <p><Link href={`${runPath(item)}/${testsName}`}>All {formatCount(failed)} of them</Link></p> : null}
    </section>
  );
}
