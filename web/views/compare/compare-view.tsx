import { useEffect } from 'preact/hooks';
import { useSearchParams } from '../../navigation.tsx';
import { recentRuns, type RecentRuns } from '../../../src/api/commits.ts';
import { comparison, type Comparison } from '../../../src/api/compare.ts';
import { runsApi } from '../../../src/api/paths.ts';
import { keyOf } from '../../../src/model/run-ref.ts';
import { refsState } from '../../api/events.ts';
import { useAnswer, type Answer } from '../../api/fetch-json.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Page } from '../../parts/page.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { verdictOf } from '../../parts/verdict.ts';
import { ArtefactChanges } from './artefact-changes.tsx';
import { parseKey } from './differences.ts';
import { LogDiff } from './log-diff.tsx';
import { RunSide } from './run-side.tsx';
import { StepTimes } from './step-times.tsx';
import { TestChanges } from './test-changes.tsx';
import './compare.css';

/** Two runs beside each other: `?a=<commit>/<run id>&b=<commit>/<run id>`; with `branch` instead of `a` the run before `b` on that branch is the other. */
export function CompareView() {
  const [query, setQuery] = useSearchParams();
  const [a, b] = [query.get('a') ?? '', query.get('b') ?? ''];
  const ready = parseKey(a) !== undefined && parseKey(b) !== undefined;
  const pair = `a=${encodeURIComponent(a)}&b=${encodeURIComponent(b)}`;
  const compared = useAnswer(comparison, ready ? `/api/compare?${pair}` : null);
  const choose = (first: string, second: string): void => setQuery({ a: first, b: second });
  const earlier = useEarlier(query, (first) => setQuery({ a: first, b }, { replace: true }));
  const swap = (): void => choose(b, a);
  useKeys({ x: { label: 'Swap the two runs', run: swap } });
  const { data } = compared;
  const shown = ready && data !== undefined && isOf(data, a, b) ? data : undefined;
  const asked = ready ? compared : earlier;
  return (
    <Page title="Compare two runs" verdict={verdictOf(shown?.b)}>
      <Sides a={a} b={b} data={shown} choose={choose} swap={swap} />
      <ErrorNotice problem={asked?.problem} />
      {asked?.loading === true ? <Spinner /> : ready ? null : <Missing earlier={earlier} />}
      {shown === undefined ? null : <Differences key={pair} comparison={shown} pair={pair} />}
    </Page>
  );
}

/** The answer before this one may be about others. */
const isOf = (data: Comparison, a: string, b: string): boolean => keyOf(data.a) === a && keyOf(data.b) === b;

/** The run before `b` on the branch, if that is what the address asks for. */
function useEarlier(query: URLSearchParams, choose: (key: string) => void): Answer<RecentRuns> | undefined {
  const b = parseKey(query.get('b'));
  const isWanted = b !== undefined && query.has('branch') && !query.has('a');
  const answer = useAnswer(recentRuns, isWanted ? runsApi(query, `${b.runId}.${b.commit}`) : null);
  const first = isWanted ? answer.data?.runs[0] : undefined;
  useEffect(() => {
    if (first !== undefined) choose(keyOf(first));
  }, [first]);
  return isWanted ? answer : undefined;
}

interface SidesProps {
  a: string;
  b: string;
  data: Comparison | undefined;
  choose: (a: string, b: string) => void;
  swap: () => void;
}

function Sides({ a, b, data, choose, swap }: SidesProps) {
  const branch = data?.b.branch ?? '';
  const recent = useAnswer(recentRuns, `/api/runs${branch === '' ? '' : `?branch=${encodeURIComponent(branch)}`}`, refsState.value);
  const runs = recent.data?.runs.filter(({ live }) => live === null) ?? [];
  return (
    <div class="sides">
      <RunSide label="Before" value={a} run={data?.a} runs={runs} onChange={(next) => choose(next, b)} />
      <button type="button" title="Swap (x)" onClick={swap}>⇄ Swap</button>
      <RunSide label="After" value={b} run={data?.b} runs={runs} onChange={(next) => choose(a, next)} />
    </div>
  );
}

function Missing({ earlier }: { earlier: Answer<RecentRuns> | undefined }) {
  return (
    <EmptyState title={earlier?.data?.runs.length === 0 ? 'There is no earlier run on this branch' : 'Which two runs?'}>
      <p>Choose one for each side: this page shows what changed from the first to the second.</p>
      <p>In a terminal: <code>git jci diff</code></p>
    </EmptyState>
  );
}

function Differences({ comparison: data, pair }: { comparison: Comparison; pair: string }) {
  return (
    <>
      <TestChanges tests={data.tests} />
      <StepTimes comparison={data} />
      <ArtefactChanges comparison={data} />
      <LogDiff a={data.a} b={data.b} pair={pair} />
    </>
  );
}
