import { Link } from '../../navigation.tsx';
import { comparePath, runPath } from '../../../src/api/paths.ts';
import type { FlakyTests as Flaky } from '../../../src/api/tests.ts';
import { testKey } from '../../../src/model/test-case.ts';
import { VerdictMark } from '../../parts/verdict-mark.tsx';
import { lookOf } from '../../chart/marks.ts';
import { formatCount } from '../../parts/format-count.ts';
import { TestLink } from './test-link.tsx';
import './test-history.css';

/** Up to so many show their evidence at once. */
const fewOpen = 3;

type FlakyTest = Flaky['tests'][number];

/** Tests that gave other results for the same tree and script, and which runs show that. */
export function FlakyTests({ flaky: { tests, looked } }: { flaky: Flaky }) {
  const of = `${formatCount(looked)} ${looked === 1 ? 'run' : 'runs'}`;
  if (tests.length === 0) return <p class="quiet-text">No test of {of} gave another result for the same tree and script.</p>;
  return (
    <>
      <p class="quiet-text">In {of} these gave other results although tree and script were the same.</p>
      <ul class="plain-list">
        {tests.map((test) => (
          <li key={testKey(test)}>
            <p><TestLink {...test} /></p>
            <details open={tests.length <= fewOpen}>
              <summary>
                flipped {test.flips === 1 ? 'once' : `${test.flips} times`}: {test.passed} passed, {test.failed} failed
              </summary>
              <Evidence test={test} />
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}

function Evidence({ test }: { test: FlakyTest }) {
  return (
    <ul>
      {test.evidence.map(({ tree, script, results }) => (
        <li key={`${tree} ${script}`}>
          tree <code>{tree.slice(0, 7)}</code>, script <code>{script.slice(0, 7)}</code>:{' '}
          {results.map((result) => (
            <span key={result.runId} class="evidence">
              <Link href={runPath(result)} class="row" title={`Run ${result.runId} of ${result.commit}`}>
                <VerdictMark verdict={lookOf[result.status]} label={result.status} /> <code>{result.runId}</code>
              </Link>
            </span>
          ))}
          <Pair results={results} />
        </li>
      ))}
    </ul>
  );
}

/** What a run in which it passed and one in which it failed have otherwise not in common. */
function Pair({ results }: Pick<FlakyTest['evidence'][number], 'results'>) {
  const good = results.find(({ status }) => status === 'passed');
  const bad = results.find(({ status }) => status !== 'passed');
  return good === undefined || bad === undefined ? null : <Link href={comparePath(good, bad)}>compare both</Link>;
}
