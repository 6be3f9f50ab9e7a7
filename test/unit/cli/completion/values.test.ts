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

  test('artefact: what is in the folder being typed, of the run that was typed before', () =>
    inRepo(async (repo, commit) => {
      await repo.commit({ 'top.txt': '', 'one folder/it\'s "odd"': '', 'one folder/deep/x': '', 'new\nline': '', '*': '', 'ü': '' });
      await repo.git('update-ref', `refs/jci-runs/${commit}/1763699941-00cc`, 'HEAD');
      expect(await values(repo, 'artefact', '', '1763699941')).toEqual(['*', 'a.txt', 'one folder/\tfolder', 'top.txt', 'ü']);
      expect(await values(repo, 'artefact', 'one folder/', `${commit}:1`)).toEqual(['one folder/deep/\tfolder', 'one folder/it\'s "odd"']);
      expect(await values(repo, 'artefact', 'one folder/i', `${commit}:1`)).toEqual(['one folder/it\'s "odd"']);
      expect(await values(repo, 'artefact', '', `${commit}:2`)).toEqual(['a.txt']);
      expect(await values(repo, 'artefact', '*/', `${commit}:1`)).toEqual([]);
      expect(await values(repo, 'artefact', '../', `${commit}:1`)).toEqual([]);
      // HEAD has no run; its parent has.
      expect(await values(repo, 'artefact', '', 'HEAD')).toEqual([]);
      await repo.git('checkout', '--quiet', commit);
      expect(await values(repo, 'artefact', 't', 'HEAD')).toEqual(['top.txt']);
      expect(await values(repo, 'artefact', 't')).toEqual(['top.txt']);
    }));

  test.each([
    ['{"steps":[{"name":"build it"},{"name":"lint"},{"name":"build it"},{"name":3},null]}', ['build it', 'lint']],
    ['{"steps":{"name":"x"}}', []],
    ['{"steps":', []],
  ])('step: the names in %s', (text, names) =>
    inRepo(async (repo, commit) => {
      await repo.commit({ 'steps.json': text });
      await repo.git('update-ref', `refs/jci-runs/${commit}/1763699941-00cc`, 'HEAD');
      expect(await values(repo, 'step', '', commit)).toEqual(names);
    }),
  );

  test('knows nothing, without a word, of other kinds and outside a repository', () =>
    inRepo(async (repo) => {
      expect(await values(repo, 'weather')).toEqual([]);
      expect(await values(repo.at(repo.root), 'run')).toEqual([]);
    }));
});
