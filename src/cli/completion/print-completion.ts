import { usageError } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import type { Call } from '../command.ts';
import { loadAllCommands } from '../table.ts';
import { bashCompletion } from './bash.ts';
import { fishCompletion } from './fish.ts';
import { completionModel, type OfferedCommand } from './model.ts';
import { zshCompletion } from './zsh.ts';

const shells: Readonly<Record<string, (model: readonly OfferedCommand[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `git jci completion <shell>`. @returns the exit code. */
export async function printCompletion({ ctx, args }: Call<unknown>): Promise<number> {
  const [shell = ''] = args;
  const generate = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
  if (generate === undefined) {
    throw usageError(`there is no completion for '${shell}'`, { hint: `one of: ${Object.keys(shells).join(', ')}` });
  }
  ctx.stdout.write(generate(completionModel(await loadAllCommands())));
  return exitCode.ok;
}
