import { tryGit, type GitPlace } from './exec.ts';

/** What stands directly in a folder of a tree. */
export interface FolderEntry {
  /** From the top of the tree; bytes that are not UTF-8 are replaced. */
  path: string;
  isFolder: boolean;
}

/**
 * Lists one folder of a tree with one git process, which opens nothing else.
 * @param folder ends with `/`; empty for the top.
 * @returns nothing if there is no such folder, or no such tree.
 */
export async function listFolder(place: GitPlace, tree: string, folder: string): Promise<FolderEntry[]> {
  const args = ['ls-tree', '-z', '--full-tree', tree, ...(folder === '' ? [] : ['--', folder])];
  const { exitCode, stdout } = await tryGit(place, args, { env: { GIT_LITERAL_PATHSPECS: '1' } });
  if (exitCode !== 0) return [];
  const lines = stdout.toString('utf8').split('\0').filter(Boolean);
  return lines.map((line) => ({ path: line.slice(line.indexOf('\t') + 1), isFolder: line.startsWith('040000 ') }));
}
