import type { RunItem } from '../../src/api/run-item.ts';
import { Duration } from './duration.tsx';
import { When } from './when.tsx';
import './item.css';

/** What a list tells of a run at the end of its row. */
export function RunFacts({ run }: { run: RunItem }) {
  return (
    <span class="item-side">
      {run.dirty ? <span title="It ran with changes that are in no commit">± dirty</span> : null}
      {run.trigger === null || run.trigger === 'manual' ? null : <span class="wide">{run.trigger}</span>}
      {run.live === null ? <Duration ms={run.durationMs} /> : run.live === 'running' ? null : <span>{run.live}</span>}
      <span class="wide"><When time={run.startedAt} /></span>
    </span>
  );
}
