import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';

const listsFolders = 'cd $JCI_REPO_ROOT; echo *';

async function withFolders(repo: TestRepo): Promise<void> {
  await repo.commit({ 'left/a': '1', 'right/b': '1' });
}

describe('a run of exactly the commit has all of its files', () => {
  test.each([
    ['in cones', ['sparse-checkout', 'set', '--cone', 'left']],
    ['by patterns', ['sparse-checkout', 'set', '--no-cone', '/left/']],
  ])('in a repository that is sparse %s', (_, args) =>
    withRepo(
      async (repo) => {
        await withFolders(repo);
        await repo.git(...args);
        const before = repo.read('.git/config');
        expect((await repo.jci('run', '--clean')).stdout).toBe('left right\n');
        expect((await repo.jci('run', '--clean')).stdout).toBe('left right\n');
        expect(repo.read('.git/config')).toBe(before);
        expect(await repo.git('sparse-checkout', 'list')).not.toBe('');
      },
      { script: listsFolders },
    ),
  );

  test('in a repository that was made sparse by hand, whatever git does in the script', () =>
    withRepo(
      async (repo) => {
        await withFolders(repo);
        await repo.git('config', 'core.sparseCheckout', 'true');
        repo.write('.git/info/sparse-checkout', '/left/\n');
        await repo.git('read-tree', '-mu', 'HEAD');
        expect((await repo.jci('run', '--clean')).stdout).toBe('left right\n');
      },
      { script: `git -C $JCI_REPO_ROOT reset --quiet --hard; ${listsFolders}` },
    ));

  test('after a script that made its worktree sparse', () =>
    withRepo(
      async (repo) => {
        await withFolders(repo);
        for (let run = 0; run < 2; run += 1) expect((await repo.jci('run', '--clean')).stdout).toBe('left right\n');
        expect(await repo.git('worktree', 'list', '--porcelain').then((text) => text.match(/^worktree /gm))).toHaveLength(2);
      },
      { script: `${listsFolders}; git sparse-checkout set --cone left` },
    ));
});
