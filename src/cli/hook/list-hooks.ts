import { exitCode } from '../../base/exit-codes.ts';
import { shown } from '../../hooks/advice.ts';
import { listHooks, type HookState } from '../../hooks/list.ts';
import type { Call } from '../command.ts';
import { selfCommand } from '../self.ts';

const inWords: Readonly<Record<HookState, string>> = {
  installed: 'installed',
  outdated: 'installed by another git jci; bring it up to date with: git jci hook install',
  called: 'not ours, but it calls git jci',
  foreign: 'not ours, and it does not call git jci',
  absent: 'absent',
};

/** `git jci hook ls`. */
export async function listCommand({ repo, ui }: Call<{ json?: boolean }>): Promise<number> {
  const { dir, hooks } = await listHooks(repo, selfCommand());
  if (ui.json) {
    ui.printJson({ version: 1, folder: dir.path, hooksPath: dir.configured ?? null, hooks });
    return exitCode.ok;
  }
  for (const { hook, state, path, manager } of hooks) {
    const where = state === 'absent' ? '' : ` (${shown(repo.cwd, path)}${manager === null ? '' : `, ${manager}`})`;
    ui.print(`${`${hook}:`.padEnd(12)} ${inWords[state]}${where}`);
  }
  return exitCode.ok;
}
