import { Link } from '../../navigation.tsx';
import { linePath } from '../../../src/api/paths.ts';
import type { RunDetail } from '../../../src/api/run-detail.ts';
import type { Step } from '../../../src/model/step.ts';
import { Duration } from '../../parts/duration.tsx';
import { VerdictMark } from '../../parts/verdict-mark.tsx';
import { isShownAround } from './first-error.tsx';
import { LogTail } from './log-tail.tsx';
import { failedSteps } from './timeline.ts';

const shownLines = 15;
/** Steps whose lines are shown; all others are links. */
const shownSteps = 3;
/** Groups that nobody ended are thousands: the heading has their number, the timeline the others. */
const mostListed = 50;

/** The steps that a run failed in, with the end of their output; without any, the end of the log. */
export function FailedSteps({ run, firstError }: { run: RunDetail; firstError: number | undefined }) {
  const failed = failedSteps(run.steps);
  // What is shown above already.
  const isShown = (step: Step): boolean => isShownAround(firstError, step);
  if (failed.length > 0 && failed.every(isShown)) return null;
  if (failed.length === 0) return run.log.bytes === 0 ? null : <EndOfLog run={run} />;
  return (
    <section aria-labelledby="failed-steps">
      <h2 id="failed-steps">{headingOf(failed)}</h2>
      {failed.slice(0, mostListed).map((step, index) => (
        <div key={step.firstLine} class="failed-step">
          <p class="row">
            <VerdictMark verdict={step.unfinished === true ? 'interrupted' : 'failed'} brief label={step.unfinished === true ? 'not over' : 'failed'} />
            <Link href={linePath(run.item, tailStart(step))}>{step.name}</Link>
            <span class="quiet-text">{step.unfinished === true ? 'was not over' : `exit code ${step.exitCode ?? '?'}`} after <Duration ms={step.durationMs} /></span>
          </p>
          {index < shownSteps && !isShown(step) ? <LogTail run={run.item} first={tailStart(step)} count={Math.min(shownLines, step.lastLine - tailStart(step) + 1)} /> : null}
        </div>
      ))}
    </section>
  );
}

function EndOfLog({ run }: { run: RunDetail }) {
  return (
    <section aria-labelledby="end-of-log">
      <h2 id="end-of-log">The end of the log</h2>
      <LogTail run={run.item} first={null} count={shownLines} />
    </section>
  );
}

function headingOf(steps: readonly Step[]): string {
  const word = steps.every(({ unfinished }) => unfinished === true) ? 'unfinished' : 'failed';
  return steps.length === 1 ? `The ${word} step` : `${steps.length} ${word} steps`;
}

const tailStart = ({ firstLine, lastLine }: Step): number => Math.max(firstLine, lastLine - shownLines + 1);
