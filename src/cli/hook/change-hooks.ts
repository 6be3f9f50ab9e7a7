import { exitCode } from '../../base/exit-codes.ts';
import { installHooks, uninstallHooks, type HookChange } from '../../hooks/change.ts';
import { parseHookNames } from '../../hooks/names.ts';
import type { Call } from '../command.ts';
import type { Ui } from '../render/ui.ts';
import { selfCommand } from '../self.ts';

/** `git jci hook install [hook...]`. @returns 3 when a hook was left alone. */
export async function installCommand({ repo, args, ui }: Call<unknown>): Promise<number> {
  return report(ui, await installHooks(repo, parseHookNames(args), selfCommand()));
}

/** `git jci hook uninstall [hook...]`. @returns 3 when a hook that calls us was left alone. */
export async function uninstallCommand({ repo, args, ui }: Call<unknown>): Promise<number> {
  return report(ui, await uninstallHooks(repo, parseHookNames(args)));
}

function report(ui: Ui, changes: readonly HookChange[]): number {
  for (const { hook, path, result, why, advice } of changes) {
    ui.print(`${hook}: ${result}${result === 'absent' ? '' : ` (${path})`}`);
    if (why === undefined) continue;
    ui.warn(`${hook}: ${why}${advice?.manager === undefined ? '' : ` (${advice.manager})`}`);
    for (const line of advice?.lines ?? []) ui.say(`  ${line}`);
  }
  return changes.some(({ result }) => result === 'left alone') ? exitCode.refused : exitCode.ok;
}
