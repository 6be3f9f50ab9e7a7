import { describe, expect, test } from 'vitest';
import { printValues } from '../../../../src/cli/completion/values.ts';
import { createUi } from '../../../../src/cli/render/ui.ts';
import { withRepo, type TestRepo } from '../../../helpers/repo.ts';
import { fakeMachine } from '../fake-terminal.ts';

/** What `git jci __complete` prints in a repository. */
async function values(repo: TestRepo, ...args: string[]): Promise<string[]> {
  const { ctx, stdout } = fakeMachine({ cwd: repo.path, env: { ...repo.env } });
  const repository = { get repo(): never { throw new Error('not declared') } };
  expect(await printValues(Object.assign(repository, { ctx, args, options: {}, rest: [], ui: createUi(ctx, { json: false }) }))).toBe(0);
  return stdout.text().split('\n').filter(Boolean);
}

/** A repository with two branches, a tag, a remote and two runs. */
const inRepo = (body: (repo: TestRepo, commit: string) => Promise<void>): Promise<void> =>
  withRepo(async (repo) => {
    const commit = await repo.commit({ 'a.txt': 'a' });
    await repo.git('branch', 'topic/one');
    await repo.git('tag', 'v1');
    await repo.git('remote', 'add', 'origin', 'https://ada:secret@example.org/repo.git');
    await repo.git('update-ref', 'refs/remotes/origin/main', commit);
    await repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    for (const runId of ['1763699940-00aa', '1763690000-00bb']) await repo.git('update-ref', `refs/jci-runs/${commit}/${runId}`, commit);
    await body(repo, commit);
  });

describe('git jci __complete', () => {
  test('run: ids, newest first, with their commit and age; then revisions', () =>
    inRepo(async (repo, commit) => {
      const short = commit.slice(0, 12);
      expect((await values(repo, 'run')).slice(0, 3)).toEqual([`1763699940-00aa\t${short}, 1 min ago`, `1763690000-00bb\t${short}, 2 h ago`, 'HEAD']);
      expect(await values(repo, 'run', '17636999')).toEqual([`1763699940-00aa\t${short}, 1 min ago`]);
      expect(await values(repo, 'run', 'to')).toEqual(['topic/one\tbranch']);
    }));

  test('revision: everything with a name, also behind the dots of a range', () =>
    inRepo(async (repo) => {
      expect(await values(repo, 'revision')).toEqual(['HEAD', 'main\tbranch', 'topic/one\tbranch', 'origin/main\tremote branch', 'v1\ttag']);
      expect(await values(repo, 'revision', 'main..to')).toEqual(['main..topic/one\tbranch']);
      expect(await values(repo, 'revision', 'main...v')).toEqual(['main...v1\ttag']);
    }));

  test('branch and remote; a password in a URL is not shown', () =>
    inRepo(async (repo) => {
      expect(await values(repo, 'branch')).toEqual(['main\tbranch', 'topic/one\tbranch']);
      expect(await values(repo, 'remote')).toEqual(['origin\thttps://example.org/repo.git']);
    }));

  test('knows nothing, without a word, of other kinds and outside a repository', () =>
    inRepo(async (repo) => {
      expect(await values(repo, 'weather')).toEqual([]);
      expect(await values(repo.at(repo.root), 'run')).toEqual([]);
    }));
});
