import { useMemo, useState } from 'preact/hooks';
import { Link, useLocation } from '../../navigation.tsx';
import * as api from '../../../src/api/commits.ts';
import { runPath, runsApi } from '../../../src/api/paths.ts';
import { runStates } from '../../../src/api/run-item.ts';
import { keyOf } from '../../../src/model/run-ref.ts';
import { isTold, liveRuns, refsState } from '../../api/events.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { BranchChoice } from '../../parts/branch-choice.tsx';
import { CommitId } from '../../parts/commit-id.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { NextStep } from '../../parts/next-step.tsx';
import { Page } from '../../parts/page.tsx';
import { RunFacts } from '../../parts/run-facts.tsx';
import { runTitle } from '../../parts/run-title.ts';
import { Spinner } from '../../parts/spinner.tsx';
import { VerdictChoice } from '../../parts/verdict-choice.tsx';
import { VerdictMark } from '../../parts/verdict-mark.tsx';
import { verdictOf } from '../../parts/verdict.ts';
import { VirtualRows } from '../../parts/virtual-rows.tsx';
import { repository } from '../../state/info.ts';
import { useQuery } from '../../state/query.ts';
import { useEndless, type Source } from '../../state/use-endless.ts';
import { withLive } from './merge-live.ts';

const rowHeight = 48;

/** Runs of any commit, newest first. */
export function RunsView() {
  const [query, set] = useQuery();
  const [branch, verdict] = [query.get('branch') ?? '', query.get('verdict') ?? ''];
  const list = useRuns(query);
  const runs = useMemo(() => (isTold.value ? withLive(list.items, liveRuns.value, branch, verdict) : list.items), [list.items, isTold.value, liveRuns.value, branch, verdict]);
  const current = useRunKeys(runs);
  return (
    <Page title="Recent runs" verdict={verdictOf(runs[0])}>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <BranchChoice value={branch} none="all branches" onChange={(name) => set('branch', name)} />
        <VerdictChoice value={verdict} choices={runStates} onChange={(state) => set('verdict', state)} />
        {list.loading ? <Spinner /> : null}
      </form>
      <ErrorNotice problem={list.problem} />
      <VirtualRows
        label="Runs"
        count={runs.length}
        rowHeight={rowHeight}
        current={current}
        keyOf={(index) => (runs[index] === undefined ? '' : keyOf(runs[index]))}
        onEnd={list.more}
        row={(index) => (runs[index] === undefined ? null : <RunRow run={runs[index]} />)}
      />
      {runs.length === 0 && !list.loading && list.problem === undefined ? <RunsEmpty filtered={branch + verdict !== ''} /> : null}
    </Page>
  );
}

function RunsEmpty({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <EmptyState title="No run fits these filters"><Link href="/runs">Show all runs</Link></EmptyState>
  ) : (
    <EmptyState title={repository.value?.pruned === true ? 'No run is left' : 'No run yet'}><NextStep /></EmptyState>
  );
}

function RunRow({ run }: { run: api.RecentRuns['runs'][number] }) {
  return (
    <div class="item">
      <VerdictMark verdict={verdictOf(run)} />
      <span class="item-text">
        <Link class="item-title" href={runPath(run)}>{runTitle(run.subject, run)}</Link>
        <span class="item-more">
          <CommitId hash={run.commit} /> {run.branch ?? ''} {run.problem ?? (run.subject === null && run.live === null ? 'the commit is not here' : '')}
        </span>
      </span>
      <RunFacts run={run} />
    </div>
  );
}

function useRuns(query: URLSearchParams) {
  const source: Source<typeof api.recentRuns, api.RecentRuns['runs'][number]> = {
    schema: api.recentRuns,
    url: (before) => runsApi(query, before),
    part: ({ runs, next }) => ({ items: runs, next }),
    keyOf,
  };
  // The events tell of runs under way, but not what their commits are called.
  return useEndless(source, `${refsState.value} ${liveRuns.value.map(keyOf).join()}`);
}

function useRunKeys(runs: readonly api.RecentRuns['runs'][number][]): number {
  const [at, setAt] = useState('');
  const [, navigate] = useLocation();
  const index = runs.findIndex((run) => keyOf(run) === at);
  const move = (to: number): void => {
    const run = runs[Math.max(0, Math.min(runs.length - 1, to))];
    if (run !== undefined) setAt(keyOf(run));
  };
  useKeys({
    j: { label: 'Next run', run: () => move(index + 1) },
    k: { label: 'Previous run', run: () => move(index - 1) },
    Enter: { label: 'Go to the run', run: () => runs[index] !== undefined && navigate(runPath(runs[index])) },
  });
  return index;
}
