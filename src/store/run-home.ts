import { statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';

/** The repository that a run belongs to: by it one that was moved differs from a copy, which brings the records along. */
export interface RunHome {
  commonDir: string;
  /** `<device>:<inode>` of it. */
  inode: string;
}

/** The part of an active run that says where it is. */
interface Place {
  home?: RunHome;
  workTree: string;
  outputDir: string;
}

export const homeOf = (commonDir: string): RunHome => ({ commonDir, inode: inodeOf(commonDir) ?? '' });

/** False for the record of another repository's run, of which this one is a copy. */
export const isAtHome = ({ home }: Place, commonDir: string): boolean => home === undefined || home.inode === inodeOf(commonDir);

/** True while the repository that a run belongs to stands where it stood. */
export const hasHome = ({ home }: Place): boolean => home !== undefined && home.inode === inodeOf(home.commonDir);

/**
 * The run with its paths as they are now.
 *
 * What was in a tree beside `.git` has moved with it, or was copied. What was elsewhere (temporary and linked worktrees) is
 * where it was, and belongs to a copy only once the original is gone: until then the run has no output directory here.
 */
export function withPathsHere<Run extends Place>(run: Run, commonDir: string): Run {
  const { home, workTree, outputDir } = run;
  if (home === undefined || home.commonDir === commonDir) return run;
  const workTreeHere = pathHere(workTree, home.commonDir, commonDir);
  if (workTreeHere !== undefined) return { ...run, workTree: workTreeHere, outputDir: pathHere(outputDir, home.commonDir, commonDir) ?? '' };
  return isAtHome(run, commonDir) || !hasHome(run) ? run : { ...run, workTree: '', outputDir: '' };
}

function pathHere(path: string, from: string, to: string): string | undefined {
  const root = dirname(from);
  const isInside = path === root || path.startsWith(`${root}${sep}`);
  return isInside && [from, to].every((folder) => basename(folder) === '.git') ? join(dirname(to), relative(root, path)) : undefined;
}

function inodeOf(folder: string): string | undefined {
  const found = statSync(folder, { throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.dev}:${found.ino}`;
}
