import { usageError, type JciError } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { visible, type CommandSpec } from './command.ts';
import { commandNames } from './table.ts';

/**
 * There is no such command, or option before one.
 * @param before what stands before the command in the suggestion.
 */
export function unknownCommand(name: string, before = 'git jci'): JciError {
  if (name.startsWith('-')) return unknownOption(name, ['--help', '--version', '--debug'], 'git jci');
  const near = nearest(name, commandNames);
  return usageError(`there is no command '${name}'`, { hint: near === undefined ? 'git jci help' : didYouMean(`${before} ${near}`) });
}

/** @param path how the command is called: `git jci hook`. */
export function unknownSubcommand({ subcommands }: CommandSpec, path: string, name: string): JciError {
  const near = nearest(name, visible(subcommands).map((sub) => sub.name));
  return usageError(`'${path}' has no subcommand '${name}'`, { hint: near === undefined ? `${path} -h` : didYouMean(`${path} ${near}`) });
}

/**
 * @param word as it was typed, with or without a value.
 * @param known long options, with their dashes.
 */
export function unknownOption(word: string, known: readonly string[], path: string): JciError {
  const option = word.replace(/=.*/s, '');
  if (known.includes(option)) return usageError(`'${word}': ${option} takes no value`, { hint: `${path} -h` });
  const near = nearest(option.replace(/^-+/, ''), known.map((name) => name.slice('--'.length)));
  return usageError(`unknown option '${option}'`, { hint: near === undefined ? `${path} -h` : didYouMean(`--${near}`) });
}

const didYouMean = (words: string): string => `did you mean: ${words}`;
