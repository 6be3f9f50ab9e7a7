import type { RunDetail } from '../../../src/api/run-detail.ts';
import { testStatuses, type TestTotals } from '../../../src/model/test-case.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { Duration } from '../../parts/duration.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { FilterField } from '../../parts/filter-field.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { pick, useQuery } from '../../state/query.ts';
import { formatCount } from '../../parts/format-count.ts';
import { RunFrame } from '../run/run-frame.tsx';
import { CaseList, useCases } from './case-list.tsx';

/** All tests of a run. */
export function TestsView({ commit, runId }: { commit: string; runId: string }) {
  return (
    <RunFrame commit={commit} runId={runId} tab="tests" title="Tests">
      {({ run }) => (run.tests === null ? <NoTests run={run} /> : <Tests run={run} tests={run.tests} />)}
    </RunFrame>
  );
}

function Tests({ run, tests }: { run: RunDetail; tests: NonNullable<RunDetail['tests']> }) {
  const [query, set] = useQuery();
  const list = useCases(run.item, pick(query, ['status', 'text']));
  useKeys({ '/': { label: 'Filter by text', run: () => document.querySelector<HTMLInputElement>('input[name=text]')?.focus() } }, 'Tests');
  return (
    <>
      <TotalsBar totals={tests.totals} />
      {tests.omitted === 0 ? null : <p class="quiet-text">{formatCount(tests.omitted)} more were too many for the result: the reports among the artefacts have them.</p>}
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <label>
          Status
          <select value={query.get('status') ?? ''} onChange={(event) => set('status', event.currentTarget.value)}>
            <option value="">all</option>
            {testStatuses.map((status) => <option key={status} value={status}>{status}</option>)}
          </select>
        </label>
        <FilterField label="Text" name="text" value={query.get('text') ?? ''} onChange={(text) => set('text', text)} />
      </form>
      <ErrorNotice problem={list.problem} />
      <CaseList run={run} list={list} />
      {list.loading ? <Spinner /> : null}
      {list.items.length === 0 && !list.loading && list.problem === undefined ? <EmptyState title="No test fits these filters" /> : null}
    </>
  );
}

/** As numbers, and as shares of a bar. */
function TotalsBar({ totals }: { totals: TestTotals }) {
  const kinds = ['failed', 'passed', 'skipped'] as const;
  return (
    <>
      <p class="row">
        {kinds.map((kind) => <span key={kind} class={`total ${kind}`}>{formatCount(totals[kind])} {kind}</span>)}
        <span class="quiet-text">in <Duration ms={totals.durationMs} /></span>
      </p>
      <div class="totals" aria-hidden="true">
        {kinds.map((kind) => (totals[kind] === 0 ? null : <span key={kind} class={kind} style={{ flexGrow: totals[kind] }} />))}
      </div>
    </>
  );
}

function NoTests({ run }: { run: RunDetail }) {
  if (run.item.live !== null) return <EmptyState title="The tests are read when the script is over">This page goes on to them by itself.</EmptyState>;
  return (
    <EmptyState title="This run has no tests">
      JUnit XML and TAP files that the script leaves in <code>$JCI_OUTPUT_DIR</code> are read as test reports. Nearly every test runner can write one of them.
    </EmptyState>
  );
}
