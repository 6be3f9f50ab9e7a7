import { nextError } from '../../../src/api/log.ts';
import { linePath, logApi } from '../../../src/api/paths.ts';
import type { RunDetail } from '../../../src/api/run-detail.ts';
import type { Step } from '../../../src/model/step.ts';
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
 * tells of an error. `undefined` as long as it is looked for, and of a run that did not fail; `null` if there is none.
 */
export function useFailure(run: RunDetail): number | null | undefined {
  const { annotated, url, last } = whereToLook(run);
  const line = useAnswer(nextError, url).data?.line;
  return annotated ?? (typeof line === 'number' ? Math.min(line, last) : line);
}

/** A line that is known, or what has to be asked. */
function whereToLook(run: RunDetail): { annotated?: number | undefined; url: string | null; last: number } {
  const nowhere = { url: null, last: 0 };
  if (verdictOf(run.item) !== 'failed' || run.item.problem !== null || run.log.bytes === 0) return nowhere;
  const annotated = run.record?.annotations.find(({ level }) => level === 'error')?.logLine;
  if (annotated !== undefined) return { ...nowhere, annotated };
  const { firstLine, lastLine } = firstFailedStep(run) ?? { firstLine: 0, lastLine: Infinity };
  return { url: `${logApi(run.item)}/next-error?from=${firstLine}`, last: lastLine };
}

/** The same, if there is such a line. */
export const useFirstError = (run: RunDetail): number | undefined => useFailure(run) ?? undefined;

/** The innermost step that failed first. */
export const firstFailedStep = (run: RunDetail): Step | undefined => failedSteps(run.steps).find((step) => stateOf(step) === 'failed');

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
