import { usageError } from '../base/errors.ts';
import { runStep } from '../step/run-step.ts';
import type { Call } from './command.ts';
import { identifySelf } from './session.ts';

/** `git jci step <name> -- <command>`. @returns the command's own exit code. */
export async function stepCommand({ ctx, args, rest }: Call<unknown>): Promise<number> {
  const [name = ''] = args;
  const [file, ...words] = rest;
  if (file === undefined) throw usageError(`step '${name}' has no command`, { hint: `git jci step ${name} -- <command>` });
  return runStep(ctx, { name, command: [file, ...words], self: await identifySelf(ctx) });
}
