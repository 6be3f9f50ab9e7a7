import { useState } from 'preact/hooks';
import { recentRuns } from '../../../src/api/commits.ts';
import type { RunItem } from '../../../src/api/run-item.ts';
import { testList } from '../../../src/api/tests.ts';
import { refsState } from '../../api/events.ts';
import { useAnswer } from '../../api/fetch-json.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { FilterField } from '../../parts/filter-field.tsx';
import { lookOf } from '../../chart/marks.ts';
import { RunLink } from '../../parts/run-link.tsx';
import { VerdictMark } from '../../parts/verdict-mark.tsx';
import { TestLink } from './test-link.tsx';

const mostShown = 20;

/** Finds a test of the latest run by a part of its name, to see its history. */
export function FindTest() {
  const [text, setText] = useState('');
  const { data } = useAnswer(recentRuns, text === '' ? null : '/api/runs', refsState.value);
  const run = data?.runs.find(({ live }) => live === null);
  useKeys({ '/': { label: 'Find a test by name', run: () => document.querySelector<HTMLInputElement>('input[name=test]')?.focus() } });
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <FilterField label="Find a test by name" name="test" value={text} onChange={setText} />
      {text === '' || run === undefined ? null : <Found key={run.runId} run={run} text={text} />}
    </form>
  );
}

function Found({ run, text }: { run: RunItem; text: string }) {
  const { data, problem, loading } = useAnswer(testList, `/api/tests/${run.commit}/${run.runId}?${new URLSearchParams({ text }).toString()}`);
  const where = <RunLink run={run}>the latest run</RunLink>;
  return (
    <div class="found" role="status">
      {problem === undefined ? null : <p>{problem.error}</p>}
      {data === undefined ? null : (
        <>
          <p class="row quiet-text">
            {data.found === 0 && !loading ? 'No test' : `${data.found.toLocaleString()} ${data.found === 1 ? 'test' : 'tests'}`} of {where}
            {data.found > mostShown ? `, the first ${mostShown} are shown` : ''}
          </p>
          <ul class="plain-list">
            {data.cases.slice(0, mostShown).map((test) => (
              <li key={`${test.suite}\0${test.name}`}>
                <VerdictMark verdict={lookOf[test.status]} label={test.status} brief /> <TestLink {...test} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
