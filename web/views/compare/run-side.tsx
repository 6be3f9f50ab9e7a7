import { Link } from '../../navigation.tsx';
import type { RecentRuns } from '../../../src/api/commits.ts';
import { runPath } from '../../../src/api/paths.ts';
import type { RunItem } from '../../../src/api/run-item.ts';
import { keyOf } from '../../../src/model/run-ref.ts';
import { formatAge } from '../../../src/base/duration.ts';
import { CommitId } from '../../parts/commit-id.tsx';
import { Duration } from '../../parts/duration.tsx';
import { runTitle } from '../../parts/run-title.ts';
import { signs, verdictOf } from '../../parts/verdict.ts';
import { VerdictMark } from '../../parts/verdict-mark.tsx';
import { When } from '../../parts/when.tsx';
import { now } from '../../state/clock.ts';

interface Props {
  label: string;
  /** `<commit>/<run id>`; empty if none is chosen. */
  value: string;
  run: RunItem | undefined;
  /** What may be chosen instead. */
  runs: RecentRuns['runs'];
  onChange: (key: string) => void;
}

/** One of the two runs, and the choice of another. */
export function RunSide({ label, value, run, runs, onChange }: Props) {
  const keys = runs.map(keyOf);
  return (
    <section class="side" aria-label={label}>
      <label>
        {label}
        <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {value === '' ? <option value="">choose a run</option> : null}
          {value === '' || keys.includes(value) ? null : <option value={value}>{optionOf(value)}</option>}
          {runs.map((other, at) => <option key={keys[at]} value={keys[at]}>{textOf(other)}</option>)}
        </select>
      </label>
      {run === undefined ? null : (
        <p class="row">
          <VerdictMark verdict={verdictOf(run)} /> <Duration ms={run.durationMs} /> <Link href={runPath(run)}><code>{run.runId}</code></Link> <CommitId hash={run.commit} />
          <span class="quiet-text">{run.branch} <When time={run.startedAt} /></span>
        </p>
      )}
    </section>
  );
}

const optionOf = (key: string): string => `${key.slice(0, 7)} · ${key.slice(key.indexOf('/') + 1)}`;

function textOf(run: RecentRuns['runs'][number]): string {
  const age = formatAge(now.value - Date.parse(run.startedAt));
  return `${signs[verdictOf(run)]} ${run.commit.slice(0, 7)} · ${age} · ${runTitle(run.subject, run)}`;
}
