import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFakeRuns } from '../helpers/fake-runs.ts';
import { withRepo, type Result, type TestRepo } from '../helpers/repo.ts';
import { waitFor } from '../helpers/wait-for.ts';

const script = 'echo ran > "$JCI_OUTPUT_DIR/ran"';
const started = 'started in the background';

/** Runs git, which must succeed, and returns what it and its hooks said. */
async function gitSays(repo: TestRepo, ...args: string[]): Promise<string> {
  const result: Result = await repo.tryGit(...args);
  expect(result.exitCode, result.stderr).toBe(0);
  return result.stderr;
}

const commit = (repo: TestRepo): Promise<string> => gitSays(repo, 'commit', '--quiet', '--allow-empty', '-m', 'x');

/** A tree that no commit has had before, staged. */
async function stage(repo: TestRepo, content: string): Promise<void> {
  repo.write('staged', content);
  await repo.git('add', 'staged');
}

/** Waits until `count` runs are stored and nothing is active, and returns what was run: a commit for each. */
async function storedCommits(repo: TestRepo, count: number): Promise<string[]> {
  const active = join(await repo.git('rev-parse', '--path-format=absolute', '--git-common-dir'), 'jci', 'active');
  await waitFor(async () => (await repo.refs()).length >= count && readdirSync(active).length === 0, { what: `${count} stored runs` });
  return (await repo.refs()).map((ref) => ref.split('/')[2] ?? '');
}

async function withHooks(body: (repo: TestRepo) => Promise<void>, options: Parameters<typeof withRepo>[1] = {}): Promise<void> {
  await withRepo(
    async (repo) => {
      await repo.jci('hook', 'install');
      await body(repo);
    },
    { script, ...options },
  );
}

describe('post-commit', () => {
  test('starts a run of the commit, in a temporary worktree, and does not wait for it', () =>
    withHooks(
      async (repo) => {
        repo.write('untracked', 'not part of the commit');
        const said = await commit(repo);
        const short = (await repo.git('rev-parse', 'HEAD')).slice(0, 12);
        expect(said).toBe(`git jci: run of ${short} ${started}: git jci logs -f ${short}\n`);
        // The commit is over, and the run cannot be: it waits for a file.
        expect(await repo.refs()).toEqual([]);
        writeFileSync(join(repo.env['HOME'] ?? '', 'go on'), '');
        expect(await storedCommits(repo, 1)).toEqual([await repo.git('rev-parse', 'HEAD')]);
        const record = JSON.parse((await repo.jci('cat', 'HEAD', 'jci.json')).stdout) as Record<string, unknown>;
        expect(record).toMatchObject({ trigger: 'hook', clean: true, dirty: false, outcome: 'passed' });
      },
      { script: `until [ -e "$HOME/go on" ]; do sleep 0.02; done; test ! -e "$JCI_REPO_ROOT/untracked"` },
    ));

  test.each(['sha1', 'sha256'] as const)('from a subdirectory, and with git -C, in %s', (objectFormat) =>
    withHooks(
      async (repo) => {
        mkdirSync(join(repo.path, 'sub'));
        expect(await commit(repo.at('sub'))).toContain(started);
        const first = await repo.git('rev-parse', 'HEAD');
        await stage(repo, '2');
        expect(await gitSays(repo.at('/'), '-C', join(repo.path, 'sub'), 'commit', '--quiet', '--allow-empty', '-m', 'y')).toContain(started);
        const commits = await storedCommits(repo, 2);
        expect(commits.sort()).toEqual([first, await repo.git('rev-parse', 'HEAD')].sort());
        expect(await repo.fsck()).toBe('');
      },
      { objectFormat },
    ));

  test('in a linked worktree runs the commit of that worktree, and leaves the index of both alone', () =>
    withHooks(async (repo) => {
      await repo.git('worktree', 'add', '--quiet', '-b', 'topic', '../linked');
      const linked = repo.at('../linked');
      linked.write('new', 'new');
      await linked.git('add', 'new');
      expect(await commit(linked)).toContain(started);
      expect(await storedCommits(repo, 1)).toEqual([await linked.git('rev-parse', 'HEAD')]);
      expect(await repo.git('status', '--porcelain')).toBe('');
      expect(await linked.git('status', '--porcelain')).toBe('');
    }));

  test('with the git directory elsewhere, named on the command line', () =>
    withHooks(async (repo) => {
      await repo.exec('mv', ['.git', '../elsewhere.git']);
      const here = [`--git-dir=${repo.root}/elsewhere.git`, `--work-tree=${repo.path}`];
      expect(await gitSays(repo, ...here, 'commit', '--quiet', '--allow-empty', '-m', 'x')).toContain(started);
      const moved = repo.at('.', { GIT_DIR: `${repo.root}/elsewhere.git` });
      expect(await storedCommits(moved, 1)).toEqual([await moved.git('rev-parse', 'HEAD')]);
    }));

  test('with the environment that an editor started from a desktop has: no git-jci on PATH', () =>
    withHooks(async (repo) => {
      const poor = repo.at('.', { PATH: '/usr/bin:/bin' });
      expect(await commit(poor)).toContain(started);
      await storedCommits(repo, 1);
      expect((await repo.jci('status')).exitCode).toBe(0);
    }));

  test('a result is by whoever runs it, not by the author of the commit', () =>
    withHooks(async (repo) => {
      await gitSays(repo, 'commit', '--quiet', '--allow-empty', '--author=Bob <bob@example.com>', '-m', 'x');
      await storedCommits(repo, 1);
      const [ref = ''] = await repo.refs();
      expect(await repo.git('log', '-1', '--format=%an %ae, %cn', ref)).toBe('Ada ada@example.com, Ada');
    }));

  test('does not run a tree that has passed before: a reworded commit, one that changes nothing', () =>
    withHooks(async (repo) => {
      await commit(repo);
      const [first = ''] = await storedCommits(repo, 1);
      const runId = (await repo.refs())[0]?.split('/').at(-1);
      const passed = `git jci: ✓ passed already in run ${runId} of ${first.slice(0, 12)}: same tree, same script\n`;
      expect(await gitSays(repo, 'commit', '--quiet', '--amend', '--allow-empty', '-m', 'reworded')).toBe(passed);
      expect(await commit(repo)).toBe(passed);
      expect((await repo.jci('status')).exitCode).toBe(0);
      // When a run that was started after those is over, they would be too.
      await stage(repo, 'another tree');
      await commit(repo);
      const last = await repo.git('rev-parse', 'HEAD');
      await waitFor(async () => (await repo.git('for-each-ref', `refs/jci-runs/${last}`)) !== '', { what: 'the last run' });
      expect((await storedCommits(repo, 2)).sort()).toEqual([first, last].sort());
    }));

  test('with more results than can be looked through meanwhile it makes a condition, and the run finds out', () =>
    withHooks(async (repo) => {
      await commit(repo);
      const [first] = await storedCommits(repo, 1);
      await makeFakeRuns(repo, { count: 2100, commits: 'gone', newest: 4_000_000_000, secondsApart: 1 });
      expect(await gitSays(repo, 'commit', '--quiet', '--amend', '--allow-empty', '-m', 'reworded')).toContain(`${started}, unless an older run of its tree has passed: git jci logs -f`);
      const reworded = await repo.git('rev-parse', 'HEAD');
      await stage(repo, 'another tree');
      await commit(repo);
      const last = await repo.git('rev-parse', 'HEAD');
      await waitFor(async () => (await repo.git('for-each-ref', `refs/jci-runs/${last}`)) !== '', { what: 'the last run' });
      expect(await storedCommits(repo, 2102)).toEqual(expect.arrayContaining([first, last]));
      expect(await repo.git('for-each-ref', `refs/jci-runs/${reworded}`)).toBe('');
    }));

  test('every run has the branch of its commit, wherever HEAD is by the time it begins', () =>
    withHooks(async (repo) => {
      const many = 'for i in 1 2 3 4 5 6; do echo $i > value; git add value; git commit --quiet -m $i; done; git checkout --quiet --detach; echo 7 > value; git commit --quiet -am 7';
      const { exitCode, stderr } = await repo.exec('sh', ['-c', many]);
      expect(exitCode, stderr).toBe(0);
      const detached = await repo.git('rev-parse', 'HEAD');
      expect(stderr.match(new RegExp(started, 'g'))).toHaveLength(7);
      await storedCommits(repo, 7);
      for (const ref of await repo.refs()) {
        const branch = await repo.git('log', '-1', '--format=%(trailers:key=Jci-Branch,valueonly)', ref);
        expect(branch.trim(), ref).toBe(ref.includes(detached) ? '' : 'main');
      }
    }));

  test('runs a tree again that has failed', () =>
    withHooks(
      async (repo) => {
        await commit(repo);
        await storedCommits(repo, 1);
        writeFileSync(join(repo.env['HOME'] ?? '', 'mended'), '');
        await gitSays(repo, 'commit', '--quiet', '--amend', '--allow-empty', '-m', 'reworded');
        await storedCommits(repo, 2);
        expect((await repo.jci('status')).exitCode).toBe(0);
      },
      { script: 'test -e ~/mended' },
    ));

  test('without .jci/run.sh in the commit it does nothing and says nothing', () =>
    withHooks(async (repo) => {
      await repo.git('rm', '--quiet', '--cached', '.jci/run.sh');
      expect(await commit(repo)).toBe('');
    }));
});

describe('post-merge', () => {
  test('runs what a merge or a fast-forward made HEAD, but not a squash, which commits nothing', () =>
    withHooks(async (repo) => {
      const tree = await repo.git('rev-parse', 'HEAD^{tree}');
      const side = await repo.git('commit-tree', '-p', 'HEAD', '-m', 'side', tree);
      expect(await gitSays(repo, 'merge', '--quiet', '--ff-only', side)).toContain(started);
      await storedCommits(repo, 1);
      await stage(repo, 'more');
      const more = await repo.git('commit-tree', '-p', 'HEAD~', '-m', 'more', await repo.git('write-tree'));
      await repo.git('reset', '--quiet', '--hard');
      expect(await gitSays(repo, 'merge', '--quiet', '--no-ff', '-m', 'merge', more)).toContain(started);
      const commits = await storedCommits(repo, 2);
      expect(commits.sort()).toEqual([side, await repo.git('rev-parse', 'HEAD')].sort());
      const squashed = await repo.git('commit-tree', '-p', 'HEAD~', '-m', 'squashed', tree);
      expect(await gitSays(repo, 'merge', '--quiet', '--squash', squashed)).not.toContain(started);
    }));
});

describe('silence', () => {
  /** main and topic, two commits each on a common base; the hooks come after that. */
  async function withBranches(body: (repo: TestRepo) => Promise<void>): Promise<void> {
    await withRepo(
      async (repo) => {
        for (const name of ['1', '2']) await repo.commit({ [`main-${name}`]: name });
        await repo.git('checkout', '--quiet', '-b', 'topic', 'HEAD~2');
        for (const name of ['1', '2']) await repo.commit({ [`topic-${name}`]: name });
        await repo.jci('hook', 'install');
        await body(repo);
        expect(await repo.refs()).toEqual([]);
      },
      { script },
    );
  }

  test('during a rebase, with either backend', () =>
    withBranches(async (repo) => {
      expect(await gitSays(repo, 'rebase', '--merge', 'main')).not.toContain(started);
      expect(await gitSays(repo, 'rebase', '--apply', '--force-rebase', 'HEAD~2')).not.toContain(started);
    }));

  test('while a rebase stands still and somebody commits', () =>
    withBranches(async (repo) => {
      await repo.tryGit('rebase', '--exec', 'false', 'main');
      expect(await commit(repo)).toBe('');
      await repo.git('rebase', '--abort');
    }));

  test('during git am and a sequence of cherry-picks', () =>
    withBranches(async (repo) => {
      await repo.git('format-patch', '--quiet', '-2', '-o', '../patches');
      await repo.git('checkout', '--quiet', 'main');
      expect(await gitSays(repo, 'am', '--quiet', ...['1', '2'].map((n) => `../patches/000${n}-change.patch`))).not.toContain(started);
      await repo.git('checkout', '--quiet', '-b', 'third', 'main');
      expect(await gitSays(repo, 'cherry-pick', 'topic~2..topic', '--allow-empty', '--keep-redundant-commits')).not.toContain(started);
    }));

  test('during a bisection', () =>
    withBranches(async (repo) => {
      await repo.git('bisect', 'start', 'HEAD', 'HEAD~2');
      expect(await commit(repo)).toBe('');
    }));

  test('inside a run, whose script may well commit', () =>
    withBranches(async (repo) => {
      expect(await commit(repo.at('.', { JCI_RUN_ID: '1700000000-abcd' }))).toBe('');
    }));

  test('but a single cherry-pick is a commit like any other', () =>
    withHooks(async (repo) => {
      const tree = await repo.git('rev-parse', 'HEAD^{tree}');
      const other = await repo.git('commit-tree', '-p', 'HEAD', '-m', 'other', tree);
      expect(await gitSays(repo, 'cherry-pick', '--allow-empty', other)).toContain(started);
      await storedCommits(repo, 1);
    }));
});
