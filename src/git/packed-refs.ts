import { closeSync, existsSync, fchmodSync, fsyncSync, lstatSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode, isSystemError } from '../base/errors.ts';
import { readConfig, type GitConfig } from './config.ts';
import { gitText } from './exec.ts';
import { mergePackedRefs } from './packed-refs-text.ts';
import type { RefTip } from './refs.ts';
import type { Repository } from './repository.ts';

/**
 * Whether `addPackedRefs` may do git's work here: refs are kept in files, in the way that every git since 2.15 does it, and
 * nobody wants to hear of each change.
 */
export async function canAddPackedRefs(repo: Repository): Promise<boolean> {
  const [config, hook] = await Promise.all([
    readConfig(repo),
    gitText(repo, ['rev-parse', '--path-format=absolute', '--git-path', 'hooks/reference-transaction']),
  ]);
  return !existsSync(hook) && !['extensions.refstorage', 'core.sharedrepository'].some((key) => config.has(key)) && !hasConfiguredHook(config);
}

const hasConfiguredHook = (config: GitConfig): boolean =>
  [...config].some(([key, values]) => /^hook\..*\.event$/.test(key) && values.includes('reference-transaction'));

/**
 * Creates refs by adding them to git's packed file, all of them or none, synced to disk.
 *
 * `git update-ref` writes each into a file (and a folder) of its own, which `git pack-refs` then reads and removes: for
 * 20,000 refs half a minute, and a second this way. Git itself does this in `git clone` only.
 *
 * The protocol is git's: the file is replaced by a rename, by whoever holds `packed-refs.lock`. All is made ready before
 * that: under the lock, names are looked for among the loose refs, and no more. Anything out of the ordinary leaves the refs
 * as they were.
 * @param tips commits that are here.
 * @returns `false` if nothing was written, since a name is taken, somebody else is at it, the file is not as we know it,
 * or the disk is full: `changeRefs` then does it git's way, and says in words what is the matter.
 */
export function addPackedRefs(repo: Repository, tips: readonly RefTip[]): boolean {
  try {
    return replaceFile(repo, tips);
  } catch (error) {
    // A full disk, a folder that we may not write to.
    if (isSystemError(error)) return false;
    throw error;
  }
}

function replaceFile(repo: Repository, tips: readonly RefTip[]): boolean {
  const file = join(repo.commonDir, 'packed-refs');
  const before = stateOf(file);
  if (before === undefined) return false;
  const merged = mergePackedRefs(before.isThere ? readFileSync(file, 'latin1') : '', tips);
  if (merged === undefined) return false;
  const draft = join(repo.commonDir, 'packed-refs.jci');
  try {
    writeDraft(draft, merged, before.mode);
    return underLock(`${file}.lock`, () => {
      if (stateOf(file)?.identity !== before.identity || tips.some(({ ref }) => mayBeLoose(repo, ref))) return false;
      renameSync(draft, file);
      return true;
    });
  } finally {
    rmSync(draft, { force: true });
  }
}

interface FileState {
  isThere: boolean;
  /** Changes with every replacement of the file. */
  identity: string;
  mode: number | undefined;
}

/** `undefined` for what is no file: some tools make it a link. */
function stateOf(file: string): FileState | undefined {
  const stat = lstatSync(file, { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) return { isThere: false, identity: '', mode: undefined };
  if (!stat.isFile()) return undefined;
  return { isThere: true, identity: [stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(' '), mode: Number(stat.mode & 0o777n) };
}

function writeDraft(path: string, text: string, mode: number | undefined): void {
  const fd = openSync(path, 'w');
  try {
    if (mode !== undefined) fchmodSync(fd, mode);
    const bytes = Buffer.from(text, 'latin1');
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function underLock(lock: string, work: () => boolean): boolean {
  try {
    closeSync(openSync(lock, 'wx'));
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
  try {
    return work();
  } finally {
    rmSync(lock);
  }
}

/** A file stands there, or a file stands where one of its folders would be. */
function mayBeLoose(repo: Repository, ref: string): boolean {
  try {
    return lstatSync(join(repo.commonDir, ref), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (hasCode(error, 'ENOTDIR')) return true;
    throw error;
  }
}
