import { refusal, type JciError } from '../../base/errors.ts';
import { nearest } from '../../base/nearest.ts';
import type { RunId } from '../../model/run-id.ts';
import type { Step } from '../../model/step.ts';

/** Of a script that makes steps in a loop there may be thousands, and somebody else's may have names of any length. */
const namesShown = 8;
const nameLength = 60;

/** A step of this name is not among those of the run: the hint names some that are, first what may have been meant. */
export function noSuchStep(name: string, steps: readonly Step[], runId: RunId): JciError {
  const message = `run ${runId} has no step '${name}'`;
  const names = [...new Set(steps.map((step) => step.name))];
  if (names.length === 0) return refusal(message, { hint: `it has no steps: git jci logs ${runId}` });
  const near = nearest(name, names);
  const ordered = near === undefined ? names : [near, ...names.filter((other) => other !== near)];
  const rest = names.length > namesShown ? ` and ${names.length - namesShown} more` : '';
  return refusal(message, { hint: `it has: ${ordered.slice(0, namesShown).map(shorten).join(', ')}${rest}` });
}

const shorten = (name: string): string => (name.length > nameLength ? `${name.slice(0, nameLength)}...` : name);
