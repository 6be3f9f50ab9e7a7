import { useMemo } from 'preact/hooks';
import { formatDuration } from '../../../src/base/duration.ts';
import * as api from '../../../src/api/tests.ts';
import { testKey } from '../../../src/model/test-case.ts';
import { refsState } from '../../api/events.ts';
import { useAnswer, type Answer } from '../../api/fetch-json.ts';
import { Chart } from '../../chart/chart.tsx';
import type { ChartContent } from '../../chart/chart-content.ts';
import { lookOf } from '../../chart/marks.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Page } from '../../parts/page.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { useQuery } from '../../state/query.ts';
import { formatCount } from '../../parts/format-count.ts';
import { describeValues } from '../trends/trend-data.ts';
import { timeSteps } from '../trends/contents.ts';
import { Failures } from './failures.tsx';
import { FindTest } from './find-test.tsx';
import { FlakyTests } from './flaky-tests.tsx';
import { describeHistory } from './history-words.ts';
import { HistoryStrip } from './history-strip.tsx';

/** One test over many runs: `?suite=&name=`; without a name all flaky tests. */
export function TestHistoryView() {
  const [query] = useQuery();
  const [suite, name] = [query.get('suite') ?? '', query.get('name')];
  if (name === null) return <FlakyView />;
  return <OneTest key={testKey({ suite, name })} suite={suite} name={name} />;
}

function FlakyView() {
  const { data, problem, loading } = useAnswer(api.flakyTests, '/api/flaky', refsState.value);
  return (
    <Page title="Flaky tests">
      <FindTest />
      <ErrorNotice problem={problem} />
      {data === undefined && loading ? <Spinner label="Looking through the tests of all runs" /> : null}
      {data === undefined ? null : <Flaky data={data} />}
    </Page>
  );
}

function Flaky({ data }: { data: api.FlakyTests }) {
  if (data.tests.length > 0) return <FlakyTests flaky={data} />;
  return (
    <EmptyState title="No flaky test is known">
      <p>
        {formatCount(data.looked)} {data.looked === 1 ? 'run was' : 'runs were'} looked at. A test is flaky if it gave another result for the same tree and script:{' '}
        <code>git jci rerun</code> gives it the chance.
      </p>
      <p>Tests are known from JUnit or TAP reports that the script leaves among its artefacts.</p>
    </EmptyState>
  );
}

function OneTest({ suite, name }: { suite: string; name: string }) {
  const answer = useAnswer(api.testHistory, `/api/tests/history?${new URLSearchParams({ suite, name }).toString()}`, refsState.value);
  const heading = (
    <>
      {suite === '' ? null : <span class="quiet-text">{suite} › </span>}
      {name}
    </>
  );
  return (
    <Page title={name} verdict={lookOfLatest(answer)} heading={heading}>
      <ErrorNotice problem={answer.problem} />
      {answer.data === undefined && answer.loading ? <Spinner /> : null}
      {answer.data === undefined ? null : <History history={answer.data} />}
    </Page>
  );
}

function lookOfLatest({ data }: Answer<api.TestHistory>) {
  const latest = data?.results[0];
  return latest === undefined ? 'none' : lookOf[latest.status];
}

function History({ history }: { history: api.TestHistory }) {
  const content = useMemo(() => contentOf(history), [history]);
  if (history.results.length === 0) {
    return <EmptyState title="No run has this test">{formatCount(history.looked)} runs were looked at. It may have had another name.</EmptyState>;
  }
  const durations = content.lines[0]?.values ?? [];
  return (
    <>
      <p>{describeHistory(history)}</p>
      <HistoryStrip results={history.results} />
      {durations.some((value) => value !== null) ? <Chart title="Duration" summary={describeValues([...durations], formatDuration)} content={content} /> : null}
      <Failures results={history.results} />
    </>
  );
}

function contentOf({ results }: api.TestHistory): ChartContent {
  const oldestFirst = results.toReversed();
  return {
    runs: oldestFirst.map(({ run }) => run),
    marks: oldestFirst.map(({ status }) => lookOf[status]),
    words: { broken: 'error', cancelled: 'skipped' },
    lines: [{ name: 'Duration', colour: '--text', values: oldestFirst.map(({ durationMs }) => durationMs) }],
    format: formatDuration,
    steps: timeSteps,
  };
}
