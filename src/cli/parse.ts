import { Command, CommanderError, Option } from 'commander';
import { JciError, usageError } from '../base/errors.ts';
import type { CommandSpec, OptionSpec } from './command.ts';
import { helpText } from './help-text.ts';

/** A command line understood. */
export interface Parsed {
  spec: CommandSpec;
  args: readonly string[];
  options: Record<string, unknown>;
  rest: readonly string[];
}

/**
 * Parses the words after a command's name by its description.
 * @returns what to call, or the help text if that was asked for.
 * @throws JciError (usage) with commander's explanation.
 */
export function parseCommandLine(spec: CommandSpec, words: readonly string[]): Parsed | { help: string } {
  let parsed: Parsed | { help: string } | undefined;
  const split = words.indexOf('--');
  const own = spec.takesRest === true && split >= 0 ? words.slice(0, split) : words;
  const rest = spec.takesRest === true && split >= 0 ? words.slice(split + 1) : [];
  const command = buildCommand(spec, `git jci ${spec.name}`, (found, args, options) => {
    parsed = options['help'] === true ? { help: helpText(found) } : { spec: found, args, options, rest };
  });
  try {
    command.parse([...own], { from: 'user' });
  } catch (error) {
    throw error instanceof CommanderError ? explain(error, spec) : error;
  }
  return parsed ?? { help: helpText(spec) };
}

type OnParsed = (spec: CommandSpec, args: string[], options: Record<string, unknown>) => void;

function buildCommand(spec: CommandSpec, name: string, onParsed: OnParsed): Command {
  const command = new Command(name)
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
    .helpOption(false)
    .helpCommand(false)
    .option('-h, --help', 'show this help');
  for (const option of spec.options ?? []) command.addOption(buildOption(option));
  if (spec.passThrough === true) command.allowUnknownOption().allowExcessArguments();
  for (const sub of spec.subcommands ?? []) command.addCommand(buildCommand(sub, sub.name, onParsed));
  return withArguments(command, spec, onParsed);
}

/** Asking for help must work without the arguments that are otherwise needed. */
function withArguments(command: Command, spec: CommandSpec, onParsed: OnParsed): Command {
  for (const { name, description } of spec.arguments ?? []) command.argument(name.replace('<', '[').replace('>', ']'), description);
  return command.allowExcessArguments(spec.passThrough === true).action(() => {
    const options = command.optsWithGlobals();
    if (options['help'] !== true) checkRequired(spec, command.args);
    onParsed(spec, command.args, options);
  });
}

function checkRequired(spec: CommandSpec, args: readonly string[]): void {
  const missing = (spec.arguments ?? []).find(({ name }, index) => name.startsWith('<') && args[index] === undefined);
  if (missing !== undefined) {
    throw usageError(`missing argument ${missing.name}: ${missing.description}`, { hint: `git jci ${spec.name} -h` });
  }
}

function buildOption({ flags, description, choices, repeatable }: OptionSpec): Option {
  const option = new Option(flags, description);
  if (choices !== undefined) option.choices([...choices]);
  if (repeatable === true) option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  return option;
}

function explain(error: CommanderError, spec: CommandSpec): JciError {
  return usageError(error.message.replace(/^error: /, ''), { hint: `git jci ${spec.name} -h` });
}
