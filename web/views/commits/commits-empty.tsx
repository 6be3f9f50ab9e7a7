import { EmptyState } from '../../parts/empty-state.tsx';
import { repository } from '../../state/info.ts';

/** Why no commit is listed, and the next thing to do. */
export function CommitsEmpty({ filtered, clear }: { filtered: boolean; clear: () => void }) {
  if (!filtered) {
    return (
      <EmptyState title="No commit yet">
        Make one with <code>git commit</code>; its runs will be here.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No commit fits these filters">
      <button type="button" onClick={clear}>Show all commits</button>
    </EmptyState>
  );
}

/** What to do first, as long as there is no run in the repository. */
export function FirstSteps() {
  const info = repository.value;
  if (info === undefined || info.runs > 0 || info.head === null) return null;
  return info.hasScript ? (
    <p class="notice hint">No runs are stored here: none was made yet, or all were pruned. <code>git jci run</code> makes one.</p>
  ) : (
    <p class="notice hint">There is no <code>.jci/run.sh</code> yet. <code>git jci init</code> writes one for this project.</p>
  );
}
