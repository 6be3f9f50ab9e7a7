import { join } from 'node:path';
import { type Context, type Env } from '../base/context.ts';
import { fatalError, hasCode } from '../base/errors.ts';
import { temporaryRoot } from '../base/temporary-root.ts';
import { capture, type CaptureOptions, type Finished } from '../proc/capture.ts';
import { openSpool } from '../proc/spool.ts';
import { gitEnvironment } from './environment.ts';

/** Where git runs: a folder, and the environment that ties it to a repository if the folder does not. */
export interface GitPlace {
  readonly ctx: Context;
  readonly cwd: string;
  readonly env: Env;
}

export type GitOptions = Partial<Pick<CaptureOptions, 'input' | 'onStdout' | 'stdoutFile' | 'signal' | 'lastOutputMs'>> & {
  /** Added to the environment. */
  env?: Env;
};

/** A place with nothing but the folder to say which repository it is. */
export const gitPlace = (ctx: Context, cwd: string): GitPlace => ({ ctx, cwd, env: gitEnvironment(ctx.env) });

/**
 * Runs one git process and returns how it ended, whatever its exit code.
 * @throws JciError (128) when git cannot be started.
 */
export async function tryGit(place: GitPlace, args: readonly string[], options: GitOptions = {}): Promise<Finished> {
  const { env, ...rest } = options;
  try {
    return await capture('git', args, { cwd: place.cwd, env: { ...place.env, ...env }, ...rest });
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'EACCES', 'ENOTDIR') && hasSpawnPath(error)) throw cannotStart(place, error);
    throw error;
  }
}

/**
 * `tryGit` for thousands of lines. Git writes them in pieces of 4 KiB, and a pipe wakes both sides for each: a file without a
 * name takes half the time. Where it cannot be made, or cannot take all (a full disk), it is a pipe all the same.
 */
export async function tryGitForLines(place: GitPlace, args: readonly string[]): Promise<Finished> {
  const { env, pid } = place.ctx;
  const spool = openSpool(join(temporaryRoot(env), `git-jci-${pid}.lines`));
  if (spool === undefined) return tryGit(place, args);
  try {
    const result = await tryGit(place, args, { stdoutFile: spool.fd });
    return result.exitCode === 0 ? { ...result, stdout: spool.read() } : await tryGit(place, args);
  } finally {
    spool.close();
  }
}

/**
 * Runs one git process that is expected to succeed.
 * @throws JciError (128) with git's own words when it does not.
 */
export async function git(place: GitPlace, args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
  const result = await tryGit(place, args, options);
  if (result.exitCode !== 0) throw gitFailed(args, result);
  return result.stdout;
}

/** `git` for output that is one short text: decoded and without the final newline. */
export async function gitText(place: GitPlace, args: readonly string[], options: GitOptions = {}): Promise<string> {
  return (await git(place, args, options)).toString('utf8').replace(/\n$/, '');
}

/** The error for a git process that failed where it should not have. */
export function gitFailed(args: readonly string[], result: Finished): Error {
  const how = result.signal ?? `exit ${result.exitCode}`;
  return fatalError(`git ${subcommand(args)} failed (${how}): ${lastWords(result.stderr)}`);
}

/** Git's own explanation: the last `fatal:` or `error:` line, or the last line it wrote. */
export function lastWords(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.findLast((line) => /^(?:fatal|error): /.test(line)) ?? lines.at(-1) ?? 'it said nothing';
  return telling.replace(/^(?:fatal|error): /, '');
}

/** The verb among the arguments, past `-c key=value` and other options of git itself. */
function subcommand(args: readonly string[]): string {
  const at = args.findIndex((arg, index) => !arg.startsWith('-') && args[index - 1] !== '-c');
  return args[at] ?? args.join(' ');
}

const hasSpawnPath = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && String(error.syscall).startsWith('spawn');

function cannotStart(place: GitPlace, cause: unknown): Error {
  return fatalError(`git could not be started in '${place.cwd}'`, {
    hint: 'check that the folder exists and that git is on PATH',
    cause,
  });
}
