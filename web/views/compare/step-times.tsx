import type { Comparison } from '../../../src/api/compare.ts';
import { Duration } from '../../parts/duration.tsx';
import { TableBox } from '../../parts/table-box.tsx';
import { describeChange } from './differences.ts';

type Step = Comparison['steps'][number];

/** How long each step took in both runs. */
export function StepTimes({ comparison: { a, b, steps } }: { comparison: Comparison }) {
  const rows: Step[] = [...steps, ...wholeRun(a.durationMs, b.durationMs)];
  const longest = Math.max(1, ...steps.flatMap(({ before, after }) => [before?.durationMs ?? 0, after?.durationMs ?? 0]));
  return (
    <section>
      <h2>Step times</h2>
      <TableBox label="Step times" look="step-times" columns={[['Step'], ['', 'bars'], ['Before', 'right'], ['After', 'right'], ['Difference']]}>
        {rows.map((step, index) => (
          <tr key={index}>
            <th scope="row">{step.name}</th>
            <td class="bars">{index < steps.length ? <Bars step={step} longest={longest} /> : null}</td>
            <td class="right"><Time time={step.before} /></td>
            <td class="right"><Time time={step.after} /></td>
            <td>{differenceOf(step)}</td>
          </tr>
        ))}
      </TableBox>
    </section>
  );
}

function wholeRun(before: number | null, after: number | null): Step[] {
  if (before === null || after === null) return [];
  return [{ name: 'The whole run', before: { durationMs: before }, after: { durationMs: after } }];
}

function Bars({ step: { before, after }, longest }: { step: Step; longest: number }) {
  return (
    <div aria-hidden="true">
      {[before, after].map((time, index) => (
        <div key={index} class="compared-bar" style={{ width: `${(100 * (time?.durationMs ?? 0)) / longest}%` }} />
      ))}
    </div>
  );
}

function Time({ time }: { time: Step['before'] }) {
  if (time === null) return <span class="quiet-text">–</span>;
  return (
    <>
      {(time.exitCode ?? 0) === 0 ? null : <span class="verdict failed">✗ exit {time.exitCode}</span>}{' '}
      <Duration ms={time.durationMs} />
    </>
  );
}

function differenceOf({ before, after }: Step) {
  if (before === null) return 'new';
  if (after === null) return 'gone';
  const text = describeChange(before.durationMs, after.durationMs);
  if (text === 'same') return <span class="quiet-text">same</span>;
  return <span class={lookOf(after.durationMs / before.durationMs)}>{text}</span>;
}

/** Only what is worth a look has a colour. */
function lookOf(factor: number): string | undefined {
  if (factor > 1.1) return 'slower';
  return factor < 0.9 ? 'faster' : undefined;
}
