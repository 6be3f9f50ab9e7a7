import { Option } from 'commander';
import type { LoadedGroup } from '../command-list.ts';
import { visible, type ArgumentSpec, type CommandSpec, type CompletionKind, type OptionSpec } from '../command.ts';

/** What only a repository knows: `git jci __complete <kind>` lists it. */
export const dynamicKinds = ['run', 'revision', 'branch', 'remote', 'artefact', 'step', 'entry'] as const;
export type DynamicKind = (typeof dynamicKinds)[number];

/** Where the values of an option or argument come from: a list, the repository, the file system, or nobody knows. */
export type ValueSource = readonly string[] | DynamicKind | 'files' | 'nothing';

export interface OfferedOption {
  /** `['-n', '--limit']` or one of them. */
  names: readonly string[];
  description: string;
  /** Absent when it takes none. */
  value?: { name: string; required: boolean; source: ValueSource };
  repeatable: boolean;
}

export interface OfferedArgument {
  name: string;
  source: ValueSource;
  /** It may be given again and again. */
  repeats: boolean;
}

/** One command, as every shell needs to know it. */
export interface OfferedCommand {
  /** `''` for `git jci` itself, `run`, `hook install`. */
  path: string;
  commands: readonly { name: string; summary: string }[];
  options: readonly OfferedOption[];
  arguments: readonly OfferedArgument[];
  takesRest: boolean;
}

/** Everything there is to complete: `git jci` itself first, then its commands with their subcommands. */
export function completionModel(groups: readonly LoadedGroup[]): OfferedCommand[] {
  const commands = groups.flatMap((group) => visible(group.commands));
  const names = commands.map(({ name }) => name);
  const root: OfferedCommand = {
    path: '',
    commands: commands.map(({ name, summary }) => ({ name, summary })),
    options: [help, { names: ['--version'], description: 'print the version', repeatable: false }],
    arguments: [],
    takesRest: false,
  };
  return [root, ...commands.flatMap((spec) => offer(spec, spec.name, names))];
}

const help: OfferedOption = { names: ['-h', '--help'], description: 'show help', repeatable: false };

function offer(spec: CommandSpec, path: string, names: readonly string[]): OfferedCommand[] {
  const subcommands = visible(spec.subcommands);
  const own: OfferedCommand = {
    path,
    commands: subcommands.map(({ name, summary }) => ({ name, summary })),
    options: [...(spec.options ?? []).map((option) => offerOption(option, names)), help],
    arguments: (spec.arguments ?? []).map((argument) => offerArgument(argument, names)),
    takesRest: spec.takesRest !== undefined,
  };
  return [own, ...subcommands.flatMap((sub) => offer(sub, `${path} ${sub.name}`, names))];
}

function offerOption({ flags, description, choices, completes, repeatable }: OptionSpec, names: readonly string[]): OfferedOption {
  const { short, long, required, optional } = new Option(flags);
  const common = { names: [short, long].filter((name) => name !== undefined), description, repeatable: repeatable === true };
  if (!required && !optional) return common;
  const name = /[<[]([^>\]]+)/.exec(flags)?.[1] ?? 'value';
  return { ...common, value: { name, required, source: choices ?? sourceOf(completes, names) } };
}

const offerArgument = ({ name, completes }: ArgumentSpec, names: readonly string[]): OfferedArgument => ({
  name: name.replace(/[<>[\].]/g, ''),
  source: sourceOf(completes, names),
  repeats: name.includes('...'),
});

function sourceOf(completes: CompletionKind | undefined, names: readonly string[]): ValueSource {
  if (completes === undefined) return 'nothing';
  if (completes === 'path') return 'files';
  return completes === 'command' ? names : completes;
}
