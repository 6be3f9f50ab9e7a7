import { Link } from '../../navigation.tsx';
import type { CommitItem } from '../../../src/api/commits.ts';
import { runPath } from '../../../src/api/paths.ts';
import { tellingRun, type RunItem } from '../../../src/api/run-item.ts';
import { CommitId } from '../../parts/commit-id.tsx';
import { RunFacts } from '../../parts/run-facts.tsx';
import { VerdictMark } from '../../parts/verdict-mark.tsx';
import { verdictOf } from '../../parts/verdict.ts';
import { When } from '../../parts/when.tsx';

/** A commit with the verdict on it. */
export function CommitRow({ commit, open, toggle }: { commit: CommitItem; open: boolean; toggle: () => void }) {
  const own = tellingRun(commit.runs);
  const shown = own ?? commit.sameTree;
  return (
    <div class="item">
      <VerdictMark verdict={verdictOf(shown)} />
      <span class="item-text">
        <Link class="item-title" href={shown === null ? `/jci/${commit.hash}` : runPath(shown)}>{commit.message || '(no subject)'}</Link>
        <span class="item-more">
          <CommitId hash={commit.hash} /> {commit.author}, <When time={commit.date} />
          {own === undefined && commit.sameTree !== null ? <> · same tree as <CommitId hash={commit.sameTree.commit} /></> : null}
        </span>
      </span>
      <span class="item-side">
        {own === undefined ? null : <RunFacts run={own} />}
        {commit.runs.length < 2 ? null : (
          <button type="button" aria-expanded={open} aria-label={`All ${commit.runs.length} runs of ${commit.shortHash}`} onClick={toggle}>
            {commit.runs.length} runs {open ? '▾' : '▸'}
          </button>
        )}
      </span>
    </div>
  );
}

/** One of the runs of a commit, below it. */
export function InnerRunRow({ run }: { run: RunItem }) {
  return (
    <div class="item inner">
      <VerdictMark verdict={verdictOf(run)} />
      <span class="item-text">
        <Link class="item-title" href={runPath(run)}><code>{run.runId}</code></Link>
        <span class="item-more">{run.problem ?? run.branch ?? ''}</span>
      </span>
      <RunFacts run={run} />
    </div>
  );
}
