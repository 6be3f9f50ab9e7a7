import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode, refusal } from '../base/errors.ts';
import { zeroId } from '../model/object-id.ts';
import { capture } from '../proc/capture.ts';
import { judgePush, runPush, type FinishedPush, type PushOptions, type PushResult } from './remote-push.ts';
import type { Remote } from './remote.ts';
import type { RefTip } from './refs.ts';
import type { Repository } from './repository.ts';

export interface DeleteOptions extends Pick<PushOptions, 'onProgress' | 'signal' | 'again'> {
  /** A folder of ours for a moment, on a file system that can execute: made if missing. */
  folder: string;
}

/**
 * Deletes refs of a remote, each only if it still is what it was when we looked, in one push.
 *
 * `--force-with-lease=<ref>:<id>` says the same, but git compares every lease, and every explicit refspec, with every ref of
 * the remote: a minute each for two thousand of twenty thousand. So each ref is named by a pattern that only it fits, with
 * nothing here to match it, which `--prune` takes for a deletion; and a pre-push hook of our own, which git tells what the
 * remote has now, refuses the push if anything in it is not what we looked at. The server compares and swaps after that.
 * @returns `undefined` if something had changed: nothing was deleted then.
 * @throws JciError (3) when the remote cannot be reached, or our hook cannot be executed.
 */
export async function deleteRemoteRefs(repo: Repository, remote: Remote, tips: readonly RefTip[], options: DeleteOptions): Promise<PushResult | undefined> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const hooks = mkdtempSync(join(options.folder, 'lease-'));
  try {
    await writeGuard(repo, hooks, tips);
    return await pushDeletions(repo, remote, tips, hooks, options);
  } finally {
    rmSync(hooks, { recursive: true, force: true });
  }
}

const guardFailed = 'git jci: the remote has changed';

/** Git passes `(delete) <zeros> <remote ref> <remote id>` for every ref; grep exits 1 when no line is out of the ordinary. */
const guard = `#!/bin/sh
LC_ALL=C grep -Fvx -f "\${0%/*}/expected" >/dev/null
test $? -eq 1 && exit 0
echo '${guardFailed}' >&2
exit 1
`;

async function writeGuard(repo: Repository, hooks: string, tips: readonly RefTip[]): Promise<void> {
  const hook = join(hooks, 'pre-push');
  const lines = tips.map(({ ref, id }) => `(delete) ${zeroId(repo.objectFormat)} ${ref} ${id}\n`);
  writeFileSync(join(hooks, 'expected'), lines.join(''), { mode: 0o600 });
  writeFileSync(hook, guard, { mode: 0o700 });
  // Git passes over a hook that it cannot execute, and deletes unguarded: so it has to prove itself first, both ways.
  if ((await tryGuard(repo, hook, lines.join(''))) !== 0 || (await tryGuard(repo, hook, 'anything else\n')) !== 1) {
    throw refusal(`nothing can be executed in ${hooks}, so nothing would guard the deletion`, {
      hint: 'is it on a file system mounted noexec?',
    });
  }
}

async function tryGuard(repo: Repository, hook: string, input: string): Promise<number | null> {
  try {
    return (await capture(hook, [], { cwd: repo.cwd, env: repo.env, input })).exitCode;
  } catch (error) {
    if (hasCode(error, 'EACCES', 'ENOENT', 'ENOEXEC')) return null;
    throw error;
  }
}

async function pushDeletions(repo: Repository, remote: Remote, tips: readonly RefTip[], hooks: string, options: DeleteOptions): Promise<PushResult | undefined> {
  const flags = ['--prune', '--atomic', '--no-follow-tags', '--recurse-submodules=no'];
  const refspecs = tips.map(({ ref }) => `${nothingHere}*:${ref}*`);
  const settings = [`core.hooksPath=${hooks}`];
  const push = (some: readonly string[]): Promise<FinishedPush> => runPush(repo, remote, refspecs, { ...options, flags: some, settings });
  const atomic = await push(flags);
  // Where it cannot, the server changes one ref after the other, as it does for everybody else.
  const pushed = /does not support --atomic/.test(atomic.stderr) ? await push(flags.filter((flag) => flag !== '--atomic')) : atomic;
  if (pushed.stderr.includes(guardFailed)) return undefined;
  // Somebody else has deleted the last ref there was.
  if (pushed.stderr.includes('No refs in common')) return { refs: [], messages: [] };
  return judgePush(remote, pushed, options.again);
}

/** No ref of ours begins so. */
const nothingHere = 'refs/jci-nothing/';
