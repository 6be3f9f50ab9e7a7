import { useState } from 'preact/hooks';
import { Link } from '../../navigation.tsx';
import { linePath } from '../../../src/api/paths.ts';
import type { RunDetail } from '../../../src/api/run-detail.ts';
import { formatDuration } from '../../../src/base/duration.ts';
import type { Verdict } from '../../parts/verdict.ts';
import { isUnderWay } from '../../log/log-state.ts';
import { Elapsed } from '../../parts/elapsed.tsx';
import { VerdictMark } from '../../parts/verdict-mark.tsx';
import { timelineOf, type Bar } from './timeline.ts';

const looks: Record<Bar['state'] | 'running', { verdict: Verdict; label: string }> = {
  passed: { verdict: 'passed', label: 'passed' },
  failed: { verdict: 'failed', label: 'failed' },
  running: { verdict: 'running', label: 'running' },
  unfinished: { verdict: 'interrupted', label: 'not over' },
  unknown: { verdict: 'none', label: 'a group of lines' },
};

/** Deeper ones are not moved further in: names need room. */
const deepest = 6;

/** The steps of a run on one axis of time: those that ran at once lie above each other. */
export function StepTimeline({ run }: { run: RunDetail }) {
  const [whole, setWhole] = useState(false);
  if (run.item.problem !== null || run.record === null && run.steps.length === 0) return null;
  return (
    <section aria-labelledby="steps">
      <h2 id="steps">Steps</h2>
      {run.steps.length === 0 ? (
        <p class="quiet-text">
          This script has no steps. <code>git jci step &lt;name&gt; -- &lt;command&gt;</code> makes one: timed here, folded in the log.
        </p>
      ) : (
        <Bars run={run} whole={whole} show={() => setWhole(true)} />
      )}
    </section>
  );
}

function Bars({ run, whole, show }: { run: RunDetail; whole: boolean; show: () => void }) {
  const { bars, ticks, hidden } = timelineOf(run.steps, run.item.durationMs ?? 0, whole);
  return (
    <>
      <table class="timeline" style={{ '--tick': `${ticks[1]?.at ?? 100}%` }}>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col" class="lane">
              <div>
                <span class="hidden-text">Begins after</span>
                {ticks.map(({ ms, at }) => <span key={ms} class="tick" aria-hidden="true" style={{ left: `${at}%` }}>{formatDuration(ms).replace('.0 s', ' s').replace(/^0 ms$/, '0')}</span>)}
              </div>
            </th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => <BarRow key={`${bar.step.firstLine} ${bar.step.depth} ${bar.step.name}`} bar={bar} run={run} />)}
        </tbody>
      </table>
      {hidden === 0 ? null : <button type="button" onClick={show}>Show the {hidden} other steps</button>}
    </>
  );
}

function BarRow({ bar: { step, state, left, width, beside }, run }: { bar: Bar; run: RunDetail }) {
  const look = state === 'unfinished' && isUnderWay(run) ? 'running' : state;
  const { verdict, label } = looks[look];
  return (
    <tr class={look}>
      <th scope="row" style={{ paddingLeft: `${Math.min(step.depth, deepest) * 0.9}rem` }}>
        <VerdictMark verdict={verdict} label={label} brief /> <Link href={linePath(run.item, step.firstLine)} title={step.name}>{step.name}</Link>{beside.length === 0 ? null : <Beside names={beside} />}
      </th>
      <td class="lane">
        <div>
          <span class={`step-bar ${look}`} style={{ left: `${left}%`, width: `${width}%` }} />
          <span class="hidden-text">{formatDuration(Math.max(0, step.startMs))}</span>
        </div>
      </td>
      <td class="number">{look === 'running' ? <Elapsed since={Date.parse(run.item.startedAt) + step.startMs} /> : formatDuration(step.durationMs)}{state === 'failed' ? <span class="exit"> exit {step.exitCode}</span> : null}</td>
    </tr>
  );
}

function Beside({ names }: { names: readonly string[] }) {
  const words = `at the same time as ${names.length > 3 ? `${names.length} others` : names.join(', ')}`;
  return <span class="quiet-text" title={words}> ∥<span class="hidden-text"> {words}</span></span>;
}
