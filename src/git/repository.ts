import type { Context, Env } from '../base/context.ts';
import { fatalError, refusal } from '../base/errors.ts';
import type { Finished } from '../proc/capture.ts';
import type { CommitFacts } from '../model/commit-facts.ts';
import { isObjectId, type ObjectFormat } from '../model/object-id.ts';
import { gitEnvironment } from './environment.ts';
import { gitPlace, lastWords, tryGit, type GitPlace } from './exec.ts';
import { listRefNames } from './refs.ts';
import { requireSupportedGit } from './version.ts';

/** A repository, found once per command. All paths are absolute. */
export interface Repository extends GitPlace {
  /** Of this worktree: `.git`, or `.git/worktrees/<name>`. */
  readonly gitDir: string;
  /** Shared by all worktrees: where refs, objects and our own files live. */
  readonly commonDir: string;
  /** `undefined` in a bare repository and inside `.git`. */
  readonly workTree: string | undefined;
  readonly bare: boolean;
  readonly shallow: boolean;
  readonly objectFormat: ObjectFormat;
  /** Only if it was asked for. */
  readonly earlyNames?: EarlyNames;
  /** HEAD's commit; `undefined` on a branch without one, and where there is no working tree (nobody asked there). */
  readonly head: CommitFacts | undefined;
}

/** The names of refs, listed while the repository was still being looked for. */
export interface EarlyNames {
  /** As `listRefNames` gives them. */
  names: Promise<Buffer | undefined>;
  /** When that was begun, in ms since the epoch. */
  since: number;
}

const questions = [
  '--path-format=absolute',
  '--git-dir',
  '--git-common-dir',
  '--is-bare-repository',
  '--is-shallow-repository',
  '--show-object-format',
  '--is-inside-work-tree',
  // From here on an answer may be missing: git stops at the first question it cannot answer.
  '--show-toplevel',
  'HEAD^{commit}',
  'HEAD^{tree}',
  'HEAD:.jci/run.sh',
];

/**
 * Finds the repository around `ctx.cwd` (or the one that GIT_DIR names), and HEAD, with one git process.
 * @param earlyNamesOf a prefix of refs whose names are wanted: listing them begins at once.
 * @throws JciError (128) outside a repository, or when git is too old.
 */
export async function openRepository(ctx: Context, earlyNamesOf?: string): Promise<Repository> {
  const given = explicitRepository(ctx);
  const place = { ...gitPlace(ctx, ctx.cwd), env: { ...gitEnvironment(ctx.env), ...given } };
  const finding = findRepository(place, given);
  if (earlyNamesOf === undefined) return finding;
  const earlyNames = listEarly(place, earlyNamesOf);
  return { ...(await finding), earlyNames };
}

async function findRepository(place: GitPlace, given: Env): Promise<Repository> {
  const { ctx } = place;
  const result = await tryGit(place, ['rev-parse', ...questions]);
  const answers = result.stdout.toString('utf8').split('\n');
  const [gitDir, commonDir, bare, shallow, format, inside, workTree, ...head] = answers;
  if (gitDir === '--path-format=absolute') await requireSupportedGit(place);
  if (!isFlag(bare) || !isFlag(inside)) throw whyNotOpened(ctx, result);
  const tied = given['GIT_DIR'] === undefined ? {} : { GIT_DIR: gitDir, ...(workTree ? { GIT_WORK_TREE: workTree } : {}) };
  return {
    ctx,
    cwd: inside === 'true' && workTree ? workTree : (commonDir ?? ctx.cwd),
    env: { ...gitEnvironment(ctx.env), ...tied },
    gitDir: gitDir ?? '',
    commonDir: commonDir ?? '',
    workTree: inside === 'true' && workTree ? workTree : undefined,
    bare: bare === 'true',
    shallow: shallow === 'true',
    objectFormat: format === 'sha256' ? 'sha256' : 'sha1',
    head: headFacts(head),
  };
}

function listEarly(place: GitPlace, prefix: string): EarlyNames {
  const since = place.ctx.now();
  const names = listRefNames(place, prefix);
  // What keeps git from starting is told by whoever waits for the repository.
  names.catch(() => undefined);
  return { names, since };
}

/** The same repository as it is now: HEAD may be another commit, and the folder we were called in may be gone. */
export function reopenRepository({ ctx, cwd, env }: Repository): Promise<Repository> {
  const { GIT_DIR, GIT_WORK_TREE } = env;
  return openRepository({ ...ctx, cwd, env: GIT_DIR === undefined ? ctx.env : { ...ctx.env, GIT_DIR, GIT_WORK_TREE } });
}

/** A question that git cannot answer is repeated before it gives up: only ids count. */
function headFacts([commit = '', tree = '', script = '']: readonly string[]): CommitFacts | undefined {
  if (!isObjectId(commit) || !isObjectId(tree)) return undefined;
  return { commit, tree, script: isObjectId(script) ? script : undefined };
}

/** `git --git-dir=... jci` and hooks name the repository in the environment. */
function explicitRepository(ctx: Context): Env {
  const { GIT_DIR, GIT_WORK_TREE, GIT_COMMON_DIR } = ctx.env;
  return GIT_DIR === undefined ? {} : { GIT_DIR, ...(GIT_WORK_TREE ? { GIT_WORK_TREE } : {}), ...(GIT_COMMON_DIR ? { GIT_COMMON_DIR } : {}) };
}

const isFlag = (answer: string | undefined): boolean => answer === 'true' || answer === 'false';

function whyNotOpened(ctx: Context, { stdout, stderr }: Finished): Error {
  // Git has found one, but its answers are lines, and so are the names that it takes: a path that is two of them fits nowhere.
  if (stdout.toString('latin1').startsWith('/')) {
    return refusal('the path of this repository contains a line break: git jci cannot work there', { hint: 'rename the folder' });
  }
  if (/not a git repository/.test(stderr)) {
    return fatalError(`not a git repository: ${ctx.cwd}`, { hint: 'change into a repository, or make one with: git init' });
  }
  if (/dubious ownership/.test(stderr)) {
    return fatalError(`git does not trust ${ctx.cwd}: it belongs to another user`, {
      hint: `git config --global --add safe.directory ${ctx.cwd}`,
    });
  }
  return fatalError(`git could not open ${ctx.cwd}: ${lastWords(stderr)}`);
}
