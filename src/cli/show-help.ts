import { exitCode } from '../base/exit-codes.ts';
import { version } from '../base/version.ts';
import { commandList, overviewText } from './command-list.ts';
import type { Call, CommandSpec } from './command.ts';
import { headState } from './head-state.ts';
import { helpText } from './help-text.ts';
import { loadAllCommands, loadCommand } from './table.ts';
import { unknownCommand, unknownSubcommand } from './unknown-word.ts';

/** `git jci help [command...]`: one command, or all of them. @returns the exit code. */
export async function showHelp({ ctx, ui, args }: Call<unknown>): Promise<number> {
  const [name, ...subcommands] = args;
  if (name === undefined) {
    ctx.stdout.write(commandList(await loadAllCommands(), ui.out, ui.width));
    return exitCode.ok;
  }
  const top = await loadCommand(name);
  if (top === undefined) throw unknownCommand(name, 'git jci help');
  const { spec, path } = descend(top, subcommands);
  ctx.stdout.write(helpText(spec, path, ui.out, ui.width));
  return exitCode.ok;
}

/** Follows the words after a command's name to the subcommand they mean. */
function descend(top: CommandSpec, names: readonly string[]): { spec: CommandSpec; path: string } {
  let spec = top;
  let path = `git jci ${top.name}`;
  for (const name of names) {
    const next = spec.subcommands?.find((sub) => sub.name === name);
    if (next === undefined) throw unknownSubcommand(spec, path, name);
    spec = next;
    path = `${path} ${name}`;
  }
  return { spec, path };
}

/** What most people need most days, in the order they meet it. */
const everyday = ['init', 'run', 'ls', 'show', 'logs', 'log', 'web', 'push'];

/** `git jci` alone: the everyday commands, and how HEAD is doing. @returns the exit code. */
export async function showOverview(call: Call<unknown>): Promise<number> {
  const { ctx, ui } = call;
  const [specs, state] = await Promise.all([Promise.all(everyday.map(loadCommand)), headState(call)]);
  const known = specs.filter((spec) => spec !== undefined);
  ctx.stdout.write(overviewText(known, version, ui.out, ui.width));
  if (state.length > 0) ui.print(['', ...state].join('\n'));
  return exitCode.ok;
}
