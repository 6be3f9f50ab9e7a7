import { Link } from '../../navigation.tsx';
import { formatDuration } from '../../../src/base/duration.ts';
import { runPath } from '../../../src/api/paths.ts';
import type { TestHistory } from '../../../src/api/tests.ts';
import { keyOf } from '../../../src/model/run-ref.ts';
import { lookOf } from '../../chart/marks.ts';
import { VerdictMark } from '../../parts/verdict-mark.tsx';

type Result = TestHistory['results'][number];

/** One sign per run, newest first. */
export function HistoryStrip({ results }: { results: readonly Result[] }) {
  return (
    <>
      <h2>Results, newest first</h2>
      <ul class="strip">
        {results.map((result) => (
          <li key={keyOf(result.run)}>
            <Link href={runPath(result.run)} title={titleOf(result)}>
              <VerdictMark verdict={lookOf[result.status]} brief label={titleOf(result)} />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function titleOf({ run, status, durationMs }: Result): string {
  const time = durationMs === null ? '' : ` in ${formatDuration(durationMs)}`;
  return `${status}${time}, ${run.commit.slice(0, 7)}, ${new Date(run.startedAt).toLocaleString()}`;
}
