import { lstatSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { git, gitFailed, tryGitForLines } from './exec.ts';
import { toDisk, toRaw } from './pack/raw-path.ts';
import type { Repository } from './repository.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

/** Lists what the index holds, each entry with a letter that says whether git looks at its file. */
const listing = ['ls-files', '-v', '--stage', '-z'];

/** Not looked at: `S` skip-worktree, a small letter assume-unchanged. Behind the letter stands what `update-index` takes. */
const unseenEntry = /(?<=^|\0)([Sa-z]) ([^\t]*\t([^\0]*)\0)/g;

export interface UnseenChanges {
  changes: string[];
  /** Whether git was told of no file at all not to look at it. */
  isPlain: boolean;
}

interface UnseenEntry {
  skipped: boolean;
  line: string;
  /** One character per byte. */
  path: string;
}

/**
 * The files that differ from the index and that `git status` says nothing of, since it was told not to look at them
 * (`git update-index --skip-worktree`, `--assume-unchanged`). What a sparse checkout has left out is no change.
 *
 * One git process, to be run beside `git status`; only where such files are there it takes two more.
 */
export async function listUnseenChanges(repo: Repository): Promise<UnseenChanges> {
  const result = await tryGitForLines(repo, listing);
  if (result.exitCode !== 0) throw gitFailed(listing, result);
  const entries = Array.from(result.stdout.toString('latin1').matchAll(unseenEntry), toEntry);
  const present = entries.filter(({ skipped, path }) => !skipped || isThere(repo, path));
  return { changes: present.length === 0 ? [] : await differingFiles(repo, present), isPlain: entries.length === 0 };
}

const toEntry = ([, letter = '', line = '', path = '']: RegExpExecArray): UnseenEntry => ({ skipped: letter.toUpperCase() === 'S', line, path });

const isThere = ({ cwd, workTree = cwd }: Repository, path: string): boolean =>
  lstatSync(toDisk(toRaw(`${workTree}/`).concat(path)), { throwIfNoEntry: false }) !== undefined;

/** Asks git itself, with another index that holds only these and tells it to look: filters, line ends, links and modes are its business. */
async function differingFiles(repo: Repository, entries: readonly UnseenEntry[]): Promise<string[]> {
  const folder = await makeTemporaryFolder(repo, 'index');
  try {
    const env = { GIT_INDEX_FILE: join(folder, 'index') };
    const lines = entries.map(({ line }) => line).join('');
    await git(repo, [...plainIndex, 'update-index', '-z', '--index-info'], { env, input: Buffer.from(lines, 'latin1') });
    const differing = await git(repo, [...plainIndex, 'diff', '--name-only', '-z', '--no-ext-diff', '--no-renames', '--ignore-submodules=none'], { env });
    return differing.toString('utf8').split('\0').filter(Boolean);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Settings by which git would not look at the files of this index either, or would leave parts of it elsewhere. */
const plainIndex = ['core.ignoreStat=false', 'core.fsmonitor=false', 'core.splitIndex=false', 'diff.autoRefreshIndex=true'].flatMap((setting) => ['-c', setting]);
