import { usageError } from '../../base/errors.ts';
import { isRange } from '../../git/revisions.ts';
import type { Call } from '../command.ts';
import type { RunOptions } from './options.ts';
import { runSingle } from './single.ts';

/** `git jci run`: one run, a range, or again at every change. @returns the exit code. */
export async function runCommand(call: Call<RunOptions>): Promise<number> {
  const [target] = call.args;
  if (call.options.watch === true) {
    if (target !== undefined) throw usageError('--watch runs the working tree: it takes no revision');
    const { runOnChange } = await import('./watch.ts');
    return runOnChange(call);
  }
  if (target !== undefined && isRange(target)) {
    const { runRange } = await import('./range.ts');
    return runRange(call, target);
  }
  return runSingle(call);
}
