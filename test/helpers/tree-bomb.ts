import type { TestRepo } from './repo.ts';

/**
 * Trees that name each other again and again: ten folders in each of ten folders, ten deep.
 * @param entry what stands at the bottom, as `git mktree --missing` takes it.
 * @param names of the folders in each folder.
 * @returns the id of the topmost tree.
 */
export async function makeTreeBomb(repo: TestRepo, entry: string, names: readonly string[] = [...'abcdefghij']): Promise<string> {
  let tree = await makeTree(repo, [entry]);
  for (let depth = 0; depth < 10; depth += 1) tree = await makeTree(repo, names.map((name) => `040000 tree ${tree}\t${name}`));
  return tree;
}

/** A tree of these entries, of which nothing else need be there. */
export async function makeTree(repo: TestRepo, entries: readonly string[]): Promise<string> {
  const { stdout, stderr } = await repo.exec('git', ['mktree', '--missing'], entries.map((entry) => `${entry}\n`).join(''));
  if (stderr !== '') throw new Error(stderr);
  return stdout.trim();
}
