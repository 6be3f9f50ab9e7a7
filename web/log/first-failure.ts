import type { RunDetail } from '../../src/api/run-detail.ts';
import type { Step } from '../../src/model/step.ts';

/** Where a reader of a failed run wants to begin: the first error, else the end of the first failed step. */
export function firstFailure({ item, record, steps }: RunDetail): number | undefined {
  if (item.status !== 'failed') return undefined;
  const error = record?.annotations.find(({ level }) => level === 'error');
  const failed = steps.filter(({ exitCode }) => exitCode !== undefined && exitCode !== 0);
  // The innermost of those that failed tells most.
  const step = failed.reduce<Step | undefined>((first, next) => (first === undefined || next.lastLine < first.lastLine ? next : first), undefined);
  return error?.logLine ?? step?.lastLine;
}
