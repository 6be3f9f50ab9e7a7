import { useMemo } from 'preact/hooks';
import * as api from '../../../src/api/trends.ts';
import { flakyTests } from '../../../src/api/tests.ts';
import { refsState } from '../../api/events.ts';
import { useAnswer } from '../../api/fetch-json.ts';
import { Chart } from '../../chart/chart.tsx';
import { useKeys } from '../../keys/use-keys.ts';
import { BranchChoice } from '../../parts/branch-choice.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { NextStep } from '../../parts/next-step.tsx';
import { Page } from '../../parts/page.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { pick, useQuery } from '../../state/query.ts';
import { FlakyTests } from '../test-history/flaky-tests.tsx';
import { chartsOf } from './contents.ts';
import { SlowestTests } from './slowest-tests.tsx';
import './trends.css';

const limits = ['50', '100', '200', '500'];
const usual = '100';

/** How runs, steps and tests do over time. */
export function TrendsView() {
  const [query, set] = useQuery();
  const branch = query.get('branch') ?? '';
  const limit = query.get('limit') ?? usual;
  const url = `/api/trends?${pick(new URLSearchParams({ branch, limit }), ['branch', 'limit'])}`;
  const { data, problem, loading } = useAnswer(api.trends, url, refsState.value);
  useLimitKeys(limit, (next) => set('limit', next === usual ? '' : next));
  return (
    <Page title="Trends">
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <BranchChoice value={branch} none="all branches" onChange={(name) => set('branch', name)} />
        <label>
          Runs
          <select value={limit} onChange={({ currentTarget: { value } }) => set('limit', value === usual ? '' : value)}>
            {limits.includes(limit) ? null : <option>{limit}</option>}
            {limits.map((choice) => <option key={choice} value={choice}>the latest {choice}</option>)}
          </select>
        </label>
        {loading ? <Spinner /> : null}
      </form>
      <ErrorNotice problem={problem} />
      {data === undefined ? null : <Charts trends={data} branch={branch} />}
    </Page>
  );
}

function Charts({ trends, branch }: { trends: api.Trends; branch: string }) {
  const charts = useMemo(() => chartsOf(trends), [trends]);
  const flaky = useAnswer(flakyTests, '/api/flaky', refsState.value);
  if (trends.runs.length < 2) return <TooFew count={trends.runs.length} branch={branch} />;
  return (
    <>
      <div class="charts">
        {charts.map((chart) => <Chart key={chart.title} {...chart} />)}
      </div>
      <SlowestTests tests={trends.slowestTests} />
      <section>
        <h2>Flaky tests</h2>
        <ErrorNotice problem={flaky.problem} />
        {flaky.data === undefined ? null : <FlakyTests flaky={flaky.data} />}
      </section>
    </>
  );
}

function TooFew({ count, branch }: { count: number; branch: string }) {
  const where = branch === '' ? '' : ` on ${branch}`;
  return (
    <EmptyState title={count === 0 ? `No run${where}` : `One run${where} is no trend`}>
      {count === 0 && branch === '' ? <NextStep /> : <p><code>git jci run</code> makes one of the commit you are on.</p>}
      <p>From two on, this page shows how long they take, how often they pass, and which tests are slow or flaky.</p>
      <p><code>git jci hook install</code> has every commit or push make one.</p>
    </EmptyState>
  );
}

function useLimitKeys(limit: string, set: (limit: string) => void): void {
  const at = limits.indexOf(limit);
  const move = (step: number): void => set(limits[Math.max(0, Math.min(limits.length - 1, at + step))] ?? usual);
  useKeys({
    '+': { label: 'Show more runs', run: () => move(1) },
    '-': { label: 'Show fewer runs', run: () => move(-1) },
  });
}
