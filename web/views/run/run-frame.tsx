import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { useLocation } from '../../navigation.tsx';
import { logName, runPath, testsName } from '../../../src/api/paths.ts';
import type { RunItem } from '../../../src/api/run-item.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Page } from '../../parts/page.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { VerdictMark } from '../../parts/verdict-mark.tsx';
import { verdictOf } from '../../parts/verdict.ts';
import { RunActions } from './run-actions.tsx';
import { RunTabs, type RunTab } from './run-tabs.tsx';
import { useRun, type Shown } from './use-run.ts';
import './run.css';

interface Props {
  commit: string;
  runId: string | null;
  tab: RunTab;
  /** What it is about in the title of the browser's tab, before the commit's subject. */
  title?: string;
}

/** What the pages of a run have in common, once it is known which run it is. */
export function RunFrame({ children, ...props }: Props & { children: (shown: Shown) => ComponentChildren }) {
  const known = useRun(props.commit, props.runId);
  const { detail, run, problem } = known;
  useHash(run !== undefined);
  return (
    <RunPage {...props} known={known}>
      {detail === undefined && problem === undefined ? <Spinner /> : null}
      {detail !== undefined && run === undefined ? <NoRun hash={detail.hash} /> : null}
      {detail === undefined || run === undefined ? null : children({ detail, run })}
    </RunPage>
  );
}

/** A page of a run: its verdict, the commit, the tabs, the keys. What is in it need not wait for what is known of the run. */
export function RunPage({ commit, runId, tab, title, known: { detail, run, problem }, children }: Props & { known: ReturnType<typeof useRun>; children: ComponentChildren }) {
  const subject = detail === undefined || detail.message === '' ? `Run of ${commit.slice(0, 7)}` : detail.message.replace(/\n[^]*/, '');
  const verdict = verdictOf(run?.item);
  const key = run?.item ?? (runId === null || problem !== undefined ? undefined : { commit, runId });
  return (
    <Page
      title={title === undefined ? subject : `${title} · ${subject}`}
      verdict={verdict}
      heading={<span class="run-title">{run === undefined ? null : <VerdictMark verdict={verdict} />}<span>{subject}</span></span>}
    >
      <ErrorNotice problem={problem} />
      {key === undefined ? null : (
        <div class="run-tabs">
          <RunKeys base={runPath(key)} runs={detail?.runs ?? []} runId={key.runId} />
          <RunTabs base={runPath(key)} run={run} current={tab} />
          {run === undefined || tab === 'summary' ? null : <RunActions key={`${key.runId} ${run.item.live === null}`} run={run} />}
        </div>
      )}
      {children}
    </Page>
  );
}

/** What an address points at comes into the page after it. */
function useHash(isThere: boolean): void {
  useEffect(() => {
    if (isThere && location.hash !== '') document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [isThere]);
}

function NoRun({ hash }: { hash: string }) {
  return (
    <EmptyState title="No run of this commit yet">
      <p><code>git jci run {hash.slice(0, 12)}</code> makes one, in a temporary worktree of exactly this commit.</p>
      <p>Somebody else may have run it: <code>git jci pull</code> gets the results of a remote.</p>
    </EmptyState>
  );
}

/** Keys that are the same on every page of a run. */
function RunKeys({ base, runs, runId }: { base: string; runs: readonly RunItem[]; runId: string }) {
  const [, navigate] = useLocation();
  const at = runs.findIndex((run) => run.runId === runId);
  const visit = (index: number): void => {
    const other = runs[index];
    if (other !== undefined) navigate(runPath(other));
  };
  useKeys(
    {
      s: { label: 'Summary', run: () => navigate(base) },
      l: { label: 'Log', run: () => navigate(`${base}/${logName}`) },
      t: { label: 'Tests', run: () => navigate(`${base}/${testsName}`) },
      a: { label: 'Artefacts', run: () => toArtefacts(base, navigate) },
      '[': { label: 'Previous run of this commit', run: () => visit(at + 1) },
      ']': { label: 'Next run of this commit', run: () => visit(at - 1) },
    },
    'Run',
  );
  return null;
}

function toArtefacts(base: string, navigate: (to: string) => void): void {
  const here = document.getElementById('artefacts');
  if (here === null) navigate(`${base}#artefacts`);
  else here.scrollIntoView();
}
