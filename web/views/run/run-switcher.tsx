import { Link, useLocation } from '../../navigation.tsx';
import { compareBackPath, comparePath, runPath } from '../../../src/api/paths.ts';
import type { RunItem } from '../../../src/api/run-item.ts';
import { formatAge, formatDuration } from '../../../src/base/duration.ts';
import { signs, verdictOf } from '../../parts/verdict.ts';
import { now } from '../../state/clock.ts';
import type { Shown } from './use-run.ts';

/** The way to the other runs of the same commit, and what this one can be compared with. */
export function RunSwitcher({ detail: { runs }, run: { item } }: Shown) {
  const [, navigate] = useLocation();
  const at = runs.findIndex(({ runId }) => runId === item.runId);
  const before = runs[at + 1];
  const isOver = item.live === null;
  return (
    <div class="row run-switcher">
      {runs.length < 2 ? null : (
        <label>
          <span class="quiet-text">Run {runs.length - at} of {runs.length} of this commit</span>{' '}
          <select value={item.runId} onChange={(event) => goTo(event.currentTarget.value)}>
            {runs.map((run) => <option key={run.runId} value={run.runId}>{wordsOf(run)}</option>)}
          </select>
        </label>
      )}
      {isOver && before !== undefined ? <Link href={comparePath(before, item)}>Compare with the previous run of this commit</Link> : null}
      {isOver && item.branch !== null ? <Link href={compareBackPath(item, item.branch)}>Compare with the previous run of {item.branch}</Link> : null}
    </div>
  );

  function goTo(runId: string): void {
    const run = runs.find((other) => other.runId === runId);
    if (run !== undefined) navigate(runPath(run));
  }
}

function wordsOf(run: RunItem): string {
  const verdict = verdictOf(run);
  const facts = [
    `${signs[verdict]} ${run.live ?? verdict}`,
    ...(run.dirty ? ['dirty'] : []),
    ...(run.durationMs === null ? [] : [formatDuration(run.durationMs)]),
    formatAge(now.value - Date.parse(run.startedAt)),
    run.runId,
  ];
  return facts.join(' · ');
}
