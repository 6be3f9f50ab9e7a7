import type { Context } from '../base/context.ts';
import type { Repository } from '../git/repository.ts';
import type { Ui } from './render/ui.ts';

/** `<name>`, `[name]` or `[name...]`, as commander writes them. */
export interface ArgumentSpec {
  name: string;
  description: string;
  /** What completion offers. */
  completes?: CompletionKind;
}

export type CompletionKind = 'run' | 'revision' | 'branch' | 'remote' | 'artefact' | 'step' | 'entry' | 'path' | 'command' | readonly string[];

export interface OptionSpec {
  /** `-n, --limit <count>` */
  flags: string;
  description: string;
  /** The only values allowed. */
  choices?: readonly string[];
  /** May be given several times: the option's value is an array. */
  repeatable?: boolean;
  completes?: CompletionKind;
}

/** What a command gets to work with. */
export interface Call<Options> {
  ctx: Context;
  /** Found before the command runs. Only for commands that need one: throws for the others. */
  readonly repo: Repository;
  args: readonly string[];
  options: Options;
  /** Everything after `--`. */
  rest: readonly string[];
  ui: Ui;
}

/**
 * One command: parsing, `-h`, the man page and completion all come from this description.
 *
 * A command file holds it and nothing else: the work is in the feature folders, loaded when it is called for.
 */
export interface CommandSpec<Options = Record<string, unknown>> {
  name: string;
  /** One line, without a full stop, for listings. */
  summary: string;
  /** Paragraphs for `-h` and the man page. */
  description: string;
  arguments?: readonly ArgumentSpec[];
  options?: readonly OptionSpec[];
  examples: readonly { command: string; does: string }[];
  /** What must be there before the command runs; the dispatcher checks it. */
  needs: 'nothing' | 'repository' | 'work tree';
  /** Looks through the names of all results: git lists them while it is still looking for the repository. */
  listsResults?: boolean;
  /** Takes anything after `--`: how the usage shows that, `[-- <path>...]`. */
  takesRest?: string;
  /** Options that are not ours are passed on as arguments (`log`). */
  passThrough?: boolean;
  /** Left out of listings. */
  internal?: boolean;
  subcommands?: readonly CommandSpec[];
  /** Loads what it does, which returns the exit code. Called while git is still looking for the repository. */
  load?(): Promise<(call: Call<Options>) => Promise<number>>;
}

/** Types a command by its options; the table holds them all as plain `CommandSpec`. */
export const defineCommand = <Options>(spec: CommandSpec<Options>): CommandSpec => spec as unknown as CommandSpec;

/** Without those that only git jci itself calls: what is listed, suggested and completed. */
export const visible = (specs: readonly CommandSpec[] = []): readonly CommandSpec[] => specs.filter(({ internal }) => internal !== true);
