import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { useLocation } from '../../navigation.tsx';
import { logName, runPath, testsName } from '../../../src/api/paths.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Page } from '../../parts/page.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { VerdictMark } from '../../parts/verdict-mark.tsx';
import { verdictOf } from '../../parts/verdict.ts';
import { RunTabs, type RunTab } from './run-tabs.tsx';
import { useRun, type Shown } from './use-run.ts';
import './run.css';

interface Props {
  commit: string;
  runId: string | null;
  tab: RunTab;
  /** What it is about in the title of the browser's tab, before the commit's subject. */
  title?: string;
  children: (shown: Shown) => ComponentChildren;
}

/** What the pages of a run have in common: its verdict, the commit, the tabs, the keys. */
export function RunFrame({ commit, runId, tab, title, children }: Props) {
  const { detail, run, problem } = useRun(commit, runId);
  const subject = detail === undefined || detail.message === '' ? `Run of ${commit.slice(0, 7)}` : detail.message.replace(/\n[^]*/, '');
  const verdict = verdictOf(run?.item);
  useHash(run !== undefined);
  return (
    <Page
      title={title === undefined ? subject : `${title} · ${subject}`}
      verdict={verdict}
      heading={<span class="run-title">{run === undefined ? null : <VerdictMark verdict={verdict} />}<span>{subject}</span></span>}
    >
      <ErrorNotice problem={problem} />
      {detail === undefined && problem === undefined ? <Spinner /> : null}
      {detail !== undefined && run === undefined ? <NoRun hash={detail.hash} /> : null}
      {detail === undefined || run === undefined ? null : (
        <>
          <RunKeys detail={detail} run={run} />
          <RunTabs run={run} current={tab} />
          {children({ detail, run })}
        </>
      )}
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
function RunKeys({ detail, run }: Shown) {
  const [, navigate] = useLocation();
  const at = detail.runs.findIndex(({ runId }) => runId === run.item.runId);
  const visit = (index: number): void => {
    const other = detail.runs[index];
    if (other !== undefined) navigate(runPath(other));
  };
  const base = runPath(run.item);
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
