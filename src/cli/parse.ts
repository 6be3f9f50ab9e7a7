import { Command, Option, type CommanderError } from 'commander';
import { usageError, type JciError } from '../base/errors.ts';
import type { CommandSpec, OptionSpec } from './command.ts';
import { unknownOption, unknownSubcommand } from './unknown-word.ts';

/** A command line understood. */
export interface Parsed {
  spec: CommandSpec;
  /** How it is called: `git jci hook install`. */
  path: string;
  args: readonly string[];
  options: Record<string, unknown>;
  rest: readonly string[];
}

/** Somebody wants to know about a command; `path` as above. */
export interface HelpRequest {
  help: CommandSpec;
  path: string;
}

/**
 * Parses the words after a command's name by its description.
 * @returns what to call, or whose help was asked for.
 * @throws JciError (usage) with commander's explanation, or the nearest word that is known.
 */
export function parseCommandLine(spec: CommandSpec, words: readonly string[]): Parsed | HelpRequest {
  let parsed: Parsed | HelpRequest | undefined;
  const top = `git jci ${spec.name}`;
  const split = words.indexOf('--');
  const own = spec.takesRest !== undefined && split >= 0 ? words.slice(0, split) : words;
  const rest = spec.takesRest !== undefined && split >= 0 ? words.slice(split + 1) : [];
  const command = buildCommand(spec, top, (found, path, args, options) => {
    parsed = options['help'] === true ? { help: found, path } : { spec: found, path, args, options, rest };
  });
  command.parse([...own], { from: 'user' });
  return parsed ?? { help: spec, path: top };
}

type OnParsed = (spec: CommandSpec, path: string, args: string[], options: Record<string, unknown>) => void;

function buildCommand(spec: CommandSpec, path: string, onParsed: OnParsed): Command {
  const command: Command = new Command(spec.name)
    .exitOverride((error) => {
      throw explain(error, command, path);
    })
    .showSuggestionAfterError(false)
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
    .helpOption(false)
    .helpCommand(false)
    .option('-h, --help', 'show this help');
  for (const option of spec.options ?? []) command.addOption(buildOption(option));
  if (spec.passThrough === true) command.allowUnknownOption().allowExcessArguments();
  for (const sub of spec.subcommands ?? []) command.addCommand(buildCommand(sub, `${path} ${sub.name}`, onParsed));
  return withArguments(command, spec, path, onParsed);
}

/** Asking for help must work without the arguments that are otherwise needed. */
function withArguments(command: Command, spec: CommandSpec, path: string, onParsed: OnParsed): Command {
  for (const { name, description } of spec.arguments ?? []) command.argument(name.replace('<', '[').replace('>', ']'), description);
  return command.allowExcessArguments(spec.passThrough === true || spec.subcommands !== undefined).action(() => {
    const options = command.optsWithGlobals();
    if (spec.subcommands !== undefined && command.args[0] !== undefined) throw unknownSubcommand(spec, path, command.args[0]);
    if (options['help'] !== true) checkArguments(spec, path, command.args);
    onParsed(spec, path, command.args, options);
  });
}

function checkArguments(spec: CommandSpec, path: string, args: readonly string[]): void {
  const missing = (spec.arguments ?? []).find(({ name }, index) => name.startsWith('<') && args[index] === undefined);
  if (missing !== undefined) {
    throw usageError(`missing argument ${missing.name}: ${missing.description}`, { hint: `${path} -h` });
  }
}

function buildOption({ flags, description, choices, repeatable }: OptionSpec): Option {
  const option = new Option(flags, description);
  if (choices !== undefined) option.choices([...choices]);
  if (repeatable === true) option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  return option;
}

function explain(error: CommanderError, command: Command, path: string): JciError {
  const message = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
  const unknown = /^unknown option '(.*)'$/s.exec(message)?.[1];
  if (unknown !== undefined) return unknownOption(unknown, command.options.flatMap(({ long }) => long ?? []), path);
  return usageError(inOurWords(message, command), { hint: `${path} -h` });
}

/** What commander says otherwise than we do. */
function inOurWords(message: string, { args, registeredArguments }: Command): string {
  const [, choice, value = '', choices = ''] = /^option '(.*)' argument '(.*)' is invalid\. Allowed choices are (.*)\.$/s.exec(message) ?? [];
  if (choice !== undefined) return `${longOf(choice)}: '${value}' is none of ${choices}`;
  const valued = /^option '(.*)' argument missing$/.exec(message)?.[1];
  if (valued !== undefined) return `${longOf(valued)} needs a value: ${valued.slice(valued.indexOf('<'))}`;
  const extra = args[registeredArguments.length];
  return message.startsWith('too many arguments') && extra !== undefined ? `too many arguments: '${extra}'` : message;
}

/** `--limit` of `-n, --limit <count>`. */
const longOf = (flags: string): string => /--[\w-]+/.exec(flags)?.[0] ?? flags;
