import type { Remote } from './remote.ts';
import { transfer, type TransferOptions } from './remote-transfer.ts';
import { remoteFailure, serverMessages } from './remote-words.ts';
import type { Repository } from './repository.ts';

/** What became of one ref. */
export interface RefOutcome {
  ref: string;
  /**
   * `refused` by the remote (a hook, a rule, no room), `conflict` by git itself because the name stands there for something
   * else, `unknown` when the connection broke before the remote said.
   */
  state: 'created' | 'present' | 'deleted' | 'conflict' | 'refused' | 'unknown';
  reason: string;
}

export interface PushResult {
  refs: RefOutcome[];
  /** What the server and its hooks said, line by line. */
  messages: string[];
}

export interface PushOptions extends Pick<TransferOptions, 'onProgress' | 'signal'> {
  /** More options for `git push`. */
  flags?: readonly string[];
  settings?: readonly string[];
  /** The command to type again when the connection was cut. */
  again: string;
}

/** Nothing that the user's configuration adds to a push may be added to ours. */
const ourRefsOnly = ['--no-verify', '--no-follow-tags', '--recurse-submodules=no'];

/**
 * Pushes refspecs with one git process.
 *
 * Wildcards, wherever there may be many: git compares every explicit refspec with every ref of the remote, which takes a
 * minute for two thousand of them against twenty thousand.
 * @throws JciError (3) when the remote could not be reached, or broke off before it said what became of anything.
 */
export async function pushRefspecs(repo: Repository, remote: Remote, refspecs: readonly string[], options: PushOptions): Promise<PushResult> {
  return judgePush(remote, await runPush(repo, remote, refspecs, options), options.again);
}

/** A push that has ended, one way or another. */
export interface FinishedPush {
  exitCode: number | null;
  refs: RefOutcome[];
  stderr: string;
}

/** The push alone, for callers who know reasons of their own why it may fail. */
export async function runPush(repo: Repository, remote: Remote, refspecs: readonly string[], options: PushOptions): Promise<FinishedPush> {
  const { flags = ourRefsOnly, settings = [], onProgress, signal } = options;
  const args = [...flags, remote.address, ...refspecs];
  const result = await transfer(repo, 'push', args, { settings: [...remote.settings, ...settings], onProgress, signal });
  return { exitCode: result.exitCode, refs: parsePorcelain(result.stdout.toString('utf8')), stderr: result.stderr };
}

/** @throws JciError (3) when the push says nothing of what became of its refs. */
export function judgePush(remote: Remote, { exitCode, refs, stderr }: FinishedPush, again: string): PushResult {
  if (refs.length === 0 && exitCode !== 0) throw remoteFailure(remote, stderr, again);
  if (refs.some(({ state }) => state === 'unknown')) throw remoteFailure(remote, `${stderr}\nthe remote end hung up`, again);
  return { refs, messages: serverMessages(stderr) };
}

/** `<flag>\t<from>:<to>\t<summary> (<reason>)`, one line per ref. */
export function parsePorcelain(stdout: string): RefOutcome[] {
  return stdout.split('\n').flatMap((line) => {
    const [, flag, to, summary] = /^([ +\-*!=])\t[^\t]*:([^\t:]+)\t(.*)$/.exec(line) ?? [];
    if (flag === undefined || to === undefined || summary === undefined) return [];
    return [{ ref: to, state: stateOf(flag, summary), reason: /\((.*)\)$/.exec(summary)?.[1] ?? '' }];
  });
}

function stateOf(flag: string, summary: string): RefOutcome['state'] {
  if (flag === '=') return 'present';
  if (flag === '-') return 'deleted';
  if (flag !== '!') return 'created';
  if (summary.startsWith('[rejected]')) return 'conflict';
  return summary.startsWith('[remote failure]') ? 'unknown' : 'refused';
}
