import { useCallback, useMemo, useState } from 'preact/hooks';
import { useLocation } from '../../navigation.tsx';
import * as api from '../../../src/api/commits.ts';
import { commitsApi, runPath } from '../../../src/api/paths.ts';
import { tellingRun } from '../../../src/api/run-item.ts';
import { isTold, liveRuns, refsState, storedRuns } from '../../api/events.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { BranchChoice } from '../../parts/branch-choice.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { FilterField } from '../../parts/filter-field.tsx';
import { Page } from '../../parts/page.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { VerdictChoice } from '../../parts/verdict-choice.tsx';
import { verdictOf } from '../../parts/verdict.ts';
import { VirtualRows } from '../../parts/virtual-rows.tsx';
import { repository } from '../../state/info.ts';
import { useQuery } from '../../state/query.ts';
import { useEndless, type Source } from '../../state/use-endless.ts';
import { CommitRow, InnerRunRow } from './commit-row.tsx';
import { CommitsEmpty, FirstSteps } from './commits-empty.tsx';
import { withRuns } from './merge-runs.ts';
import { rowsOf, type Row } from './rows.ts';

const rowHeight = 48;
const filterNames = ['verdict', 'text', 'author'] as const;

/** The commits of a branch. */
export function CommitsView() {
  const [query, set] = useQuery();
  const list = useCommits(query);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const commits = useMemo(() => (isTold.value ? withRuns(list.items, liveRuns.value, storedRuns.value) : list.items), [list.items, isTold.value, liveRuns.value, storedRuns.value]);
  const rows = useMemo(() => rowsOf(commits, open), [commits, open]);
  const toggle = (hash: string): void => setOpen((old) => (old.has(hash) ? new Set([...old].filter((other) => other !== hash)) : new Set([...old, hash])));
  const current = useRowKeys(rows, toggle);
  const first = commits[0];

  return (
    <Page title="Commits" verdict={verdictOf(tellingRun(first?.runs ?? []))} heading={`Commits${query.get('branch') === null ? '' : ` of ${query.get('branch')}`}`}>
      <Filters query={query} set={set} busy={list.loading} />
      <ErrorNotice problem={list.problem} />
      <FirstSteps />
      <VirtualRows
        label="Commits"
        count={rows.length}
        rowHeight={rowHeight}
        current={current}
        keyOf={(index) => rows[index]?.key ?? ''}
        onEnd={list.more}
        row={(index) => rowOf(rows[index], open, toggle)}
      />
      {rows.length === 0 && !list.loading && list.problem === undefined ? (
        <CommitsEmpty filtered={filterNames.some((name) => query.has(name))} clear={() => filterNames.forEach((name) => set(name, ''))} />
      ) : null}
    </Page>
  );
}

function Filters({ query, set, busy }: { query: URLSearchParams; set: (name: string, value: string) => void; busy: boolean }) {
  const branch = repository.value?.branch;
  const none = branch === null || branch === undefined ? 'HEAD' : `${branch} (HEAD)`;
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <BranchChoice value={query.get('branch') ?? ''} none={none} onChange={(name) => set('branch', name)} />
      <VerdictChoice value={query.get('verdict') ?? ''} choices={api.commitVerdicts} onChange={(verdict) => set('verdict', verdict)} />
      <FilterField label="Text" name="text" value={query.get('text') ?? ''} onChange={(text) => set('text', text)} />
      <FilterField label="Author" name="author" value={query.get('author') ?? ''} onChange={(text) => set('author', text)} />
      {busy ? <Spinner /> : null}
    </form>
  );
}

function rowOf(row: Row | undefined, open: ReadonlySet<string>, toggle: (hash: string) => void) {
  if (row === undefined) return null;
  if (row.run !== undefined) return <InnerRunRow run={row.run} />;
  return <CommitRow commit={row.commit} open={open.has(row.commit.hash)} toggle={() => toggle(row.commit.hash)} />;
}

function useCommits(query: URLSearchParams) {
  const source: Source<typeof api.commits, api.CommitItem> = {
    schema: api.commits,
    // Pages are counted from the top, where commits may come in and go: the next one is where those that are known end now.
    url: (_, count) => commitsApi(query, Math.floor(count / api.pageSize)),
    part: ({ commits, hasMore }) => ({ items: commits, next: hasMore ? 'more' : null }),
    keyOf: ({ hash }) => hash,
  };
  return useEndless(source, refsState.value);
}

function useRowKeys(rows: readonly Row[], toggle: (hash: string) => void): number {
  const [at, setAt] = useState('');
  const [, navigate] = useLocation();
  const index = rows.findIndex(({ key }) => key === at);
  const move = useCallback((to: number) => setAt(rows[Math.max(0, Math.min(rows.length - 1, to))]?.key ?? ''), [rows]);
  const visit = (): void => {
    const row = rows[index];
    const run = row?.run ?? tellingRun(row?.commit.runs ?? []) ?? row?.commit.sameTree;
    if (row !== undefined) navigate(run === null || run === undefined ? `/jci/${row.commit.hash}` : runPath(run));
  };
  useKeys({
    j: { label: 'Next commit', run: () => move(index + 1) },
    k: { label: 'Previous commit', run: () => move(index - 1) },
    Enter: { label: 'Go to the run', run: visit },
    o: { label: 'Show or hide all runs', run: () => toggle(rows[index]?.commit.hash ?? '') },
    '/': { label: 'Filter by text', run: () => document.querySelector<HTMLInputElement>('input[name=text]')?.focus() },
  });
  return index;
}
