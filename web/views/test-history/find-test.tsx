import { useState } from 'preact/hooks';
import { foundTests } from '../../../src/api/tests.ts';
import { testKey } from '../../../src/model/test-case.ts';
import { refsState } from '../../api/events.ts';
import { useAnswer } from '../../api/fetch-json.ts';
import { lookOf } from '../../chart/marks.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { FilterField } from '../../parts/filter-field.tsx';
import { RunLink } from '../../parts/run-link.tsx';
import { VerdictMark } from '../../parts/verdict-mark.tsx';
import { When } from '../../parts/when.tsx';
import { formatCount } from '../../parts/format-count.ts';
import { TestLink } from './test-link.tsx';

/** Finds a test of the latest runs by a part of its name, to see its history. */
export function FindTest() {
  const [text, setText] = useState('');
  useKeys({ '/': { label: 'Find a test by name', run: () => document.querySelector<HTMLInputElement>('input[name=test]')?.focus() } });
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <FilterField label="Find a test by name" name="test" value={text} onChange={setText} />
      {text === '' ? null : <Found text={text} />}
    </form>
  );
}

function Found({ text }: { text: string }) {
  const { data, problem } = useAnswer(foundTests, `/api/tests/find?${new URLSearchParams({ text }).toString()}`, refsState.value);
  if (data === undefined || problem !== undefined) return <div class="found" role="status">{problem?.error}</div>;
  const { tests, found, looked } = data;
  return (
    <div class="found" role="status">
      <p class="quiet-text">
        {found === 0 ? 'No test' : `${formatCount(found)} ${found === 1 ? 'test' : 'tests'}`} of the latest {formatCount(looked)} runs with tests
        {found > tests.length ? `, the first ${tests.length} are shown` : ''}
      </p>
      <ul class="plain-list">
        {tests.map(({ run, status, ...test }) => (
          <li key={testKey(test)} class="row">
            <VerdictMark verdict={lookOf[status]} label={status} brief /> <span><TestLink {...test} /></span>
            <RunLink run={run}>in the run of <When time={run.startedAt} /></RunLink>
          </li>
        ))}
      </ul>
    </div>
  );
}
