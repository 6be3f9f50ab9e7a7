import { git } from './exec.ts';
import type { Repository } from './repository.ts';

/** The working tree against HEAD, path by path: all relative to its top, those of folders ending in `/`. */
export interface ChangedFiles {
  /** HEAD's commit; `undefined` before the first. */
  head: string | undefined;
  /** Files that are not as HEAD has them, untracked ones included. */
  changed: readonly string[];
  /** What a pattern of .gitignore names: files and whole folders, not what is in these. */
  ignored: readonly string[];
}

/**
 * Reads it with one git process.
 *
 * Whether a change is staged makes no difference. Submodules count by their commit only: looking into each takes a process.
 */
export async function readChangedFiles(repo: Repository): Promise<ChangedFiles> {
  // It writes the index if it may, which would be a change in turn.
  const args = ['--no-optional-locks', 'status', '--porcelain=v2', '--branch', '-z', '--no-renames'];
  const output = await git(repo, [...args, '--untracked-files=all', '--ignored=matching', '--ignore-submodules=dirty']);
  let head: string | undefined;
  const changed = new Set<string>();
  const ignored: string[] = [];
  for (const line of output.toString('utf8').split('\0')) {
    const [, kind, path = ''] = pathLine.exec(line) ?? [];
    if (kind === '!') ignored.push(path);
    else if (kind !== undefined) changed.add(path);
    else head ??= /^# branch\.oid ([0-9a-f]+)$/.exec(line)?.[1];
  }
  return { head, changed: [...changed], ignored };
}

/** Changed, in conflict, untracked or ignored: how many words stand before the path depends on which. */
const pathLine = /^([1u?!]) (?:(?<=^1 )(?:\S+ ){7}|(?<=^u )(?:\S+ ){9}|(?<=^[?!] ))(.*)$/s;
