import type { Context } from '../base/context.ts';
import { fatalError, refusal, usageError } from '../base/errors.ts';
import { exitCode } from '../base/exit-codes.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { runRefPrefix } from '../model/run-ref.ts';
import { visible, type Call, type CommandSpec } from './command.ts';
import { parseCommandLine, type Parsed } from './parse.ts';
import { createUi } from './render/ui.ts';
import { loadCommand } from './table.ts';
import { unknownCommand } from './unknown-word.ts';

/**
 * Finds the command that `args` name, parses the rest by its description and runs it.
 * @returns the exit code.
 * @throws JciError for whatever the user can do something about.
 */
export async function runCommandLine(ctx: Context, args: readonly string[]): Promise<number> {
  if (ctx.platform === 'win32') throw refusal('git jci needs Linux or macOS', { hint: 'on Windows, use it inside WSL' });
  const [name = 'overview', ...rest] = withAliases(args);
  const spec = await loadCommand(name);
  if (spec === undefined) throw unknownCommand(name);
  const parsed = parseCommandLine(spec, rest);
  if ('help' in parsed) {
    const { helpText } = await import('./help-text.ts');
    const { out, width } = createUi(ctx, { json: false });
    ctx.stdout.write(helpText(parsed.help, parsed.path, out, width));
    return exitCode.ok;
  }
  return call(ctx, parsed);
}

/** The spellings that every tool answers to. */
function withAliases(args: readonly string[]): readonly string[] {
  const [first, ...rest] = args;
  if (first === '--version' || first === '-V') return ['version', ...rest];
  if (first === '--help' || first === '-h') return ['help', ...rest];
  return args;
}

async function call(ctx: Context, { spec, path, args, options, rest }: Parsed): Promise<number> {
  if (spec.load === undefined) throw usageError(`'git jci ${spec.name}' needs a subcommand`, { hint: subcommandHint(spec) });
  const finding = spec.needs === 'nothing' ? undefined : requireRepository(ctx, spec, path);
  const [repo, run] = await Promise.all([finding, spec.load()]);
  const { json } = options;
  const given: Call<Record<string, unknown>> = {
    ctx,
    get repo() {
      if (repo === undefined) throw new Error(`the command '${spec.name}' does not declare that it needs a repository`);
      return repo;
    },
    args,
    options,
    rest,
    ui: createUi(ctx, { json: json === true }),
  };
  return run(given);
}

const subcommandHint = (spec: CommandSpec): string => `one of: ${visible(spec.subcommands).map(({ name }) => name).join(', ')}`;

async function requireRepository(ctx: Context, spec: CommandSpec, path: string): Promise<Repository> {
  const repo = await openRepository(ctx, spec.listsResults === true ? runRefPrefix : undefined);
  if (spec.needs === 'work tree' && repo.workTree === undefined) {
    throw fatalError(`'${path}' needs a working tree, and ${repo.gitDir} ${repo.bare ? 'is a bare repository' : 'is a git directory'}`, {
      hint: 'run it in a clone',
    });
  }
  return repo;
}
