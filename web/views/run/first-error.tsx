import { nextError } from '../../../src/api/log.ts';
import { linePath, logApi } from '../../../src/api/paths.ts';
import type { RunDetail } from '../../../src/api/run-detail.ts';
import { useAnswer } from '../../api/fetch-json.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { Link, navigate } from '../../navigation.tsx';
import { verdictOf } from '../../parts/verdict.ts';
import { LogTail } from './log-tail.tsx';
import { failedSteps, stateOf } from './timeline.ts';

/** Lines that are shown before the first error, and behind it. */
const around = 7;

/**
 * The line that the trouble began on: the first error that the script pointed out, else the first line of the first failed step, or of the log, that
 * tells of an error. `undefined` if there is none, or as long as it is looked for.
 */
export function useFirstError(run: RunDetail): number | undefined {
  const { item, record, log, steps } = run;
  const isFailed = verdictOf(item) === 'failed' && item.problem === null && log.bytes > 0;
  const annotated = record?.annotations.find(({ level }) => level === 'error')?.logLine;
  const { firstLine = 0, lastLine = Infinity } = failedSteps(steps).find((step) => stateOf(step) === 'failed') ?? {};
  const { data } = useAnswer(nextError, isFailed && annotated === undefined ? `${logApi(item)}/next-error?from=${firstLine}` : null);
  if (!isFailed) return undefined;
  return annotated ?? (typeof data?.line === 'number' ? Math.min(data.line, lastLine) : undefined);
}

/** Whether the lines around the first error reach to the end of a step. */
export const isShownAround = (line: number | undefined, { firstLine, lastLine }: { firstLine: number; lastLine: number }): boolean =>
  line !== undefined && firstLine <= line && lastLine <= line + around;

/** The first error among the lines around it, and the way to it in the log. */
export function FirstError({ run, line }: { run: RunDetail; line: number }) {
  const href = linePath(run.item, line);
  const visit = { label: 'Go to the first error in the log', run: () => navigate(href) };
  useKeys({ e: visit, Enter: visit }, 'Run');
  const step = failedSteps(run.steps).find(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine);
  const first = Math.max(line - around, step?.firstLine ?? 1);
  const last = Math.min(line + around, step?.lastLine ?? Infinity);
  return (
    <section aria-labelledby="first-error">
      <h2 id="first-error" class="row">
        First error{step === undefined ? null : <> in {step.name}</>}
        <Link class="button" href={href} title="Go to it in the log (e)">Line {line} of the log</Link>
      </h2>
      <LogTail run={run.item} first={first} count={last - first + 1} marked={line} />
    </section>
  );
}
