import { EmptyState } from '../../parts/empty-state.tsx';
import { NextStep } from '../../parts/next-step.tsx';
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
  return <div class="notice hint"><NextStep /></div>;
}
