import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';
import { waitFor } from '../helpers/wait-for.ts';

const script = 'test ! -e "$JCI_REPO_ROOT/broken"; if [ -e "$JCI_REPO_ROOT/slow" ]; then echo waiting; until [ -e ~/go ]; do sleep 0.05; done; fi';

/** A repository with the gate, a commit on main and a bare remote that has nothing. */
async function withGate(body: (repo: TestRepo) => Promise<void>, options: Parameters<typeof withRepo>[1] = {}): Promise<void> {
  await withRepo(
    async (repo) => {
      await repo.git('init', '--quiet', '--bare', `--object-format=${options.objectFormat ?? 'sha1'}`, '../remote.git');
      await repo.git('remote', 'add', 'origin', '../remote.git');
      await repo.jci('hook', 'install', 'pre-push');
      await body(repo);
    },
    { script: `set -e; ${script}`, ...options },
  );
}

/** What is on the remote, by name. */
async function remoteRefs(repo: TestRepo): Promise<string[]> {
  return (await repo.at('../remote.git').git('for-each-ref', '--format=%(refname)')).split('\n').filter(Boolean);
}

async function refusal(repo: TestRepo, ...args: string[]): Promise<string> {
  const { exitCode, stderr } = await repo.tryGit('push', '--quiet', 'origin', ...args);
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain('hint: to push all the same: git push --no-verify');
  return stderr;
}

describe('pre-push', () => {
  test.each(['sha1', 'sha256'] as const)('refuses a commit without a verdict, and lets it through once it passed (%s)', (objectFormat) =>
    withGate(
      async (repo) => {
        const short = (await repo.git('rev-parse', 'HEAD')).slice(0, 12);
        const said = await refusal(repo, 'main');
        expect(said).toContain(`git jci: push of main refused: ${short} has no verdict\n`);
        expect(said).toContain(`hint: git jci run --clean ${short}\n`);
        expect(await remoteRefs(repo)).toEqual([]);
        expect((await repo.jci('run', '--clean', short)).exitCode).toBe(0);
        await repo.git('push', '--quiet', 'origin', 'main');
        expect(await remoteRefs(repo)).toEqual(['refs/heads/main']);
      },
      { objectFormat },
    ));

  test('lets a commit through that is named by words', () =>
    withGate(async (repo) => {
      await repo.commit({}, 'two words');
      expect((await repo.jci('run', '--clean')).exitCode).toBe(0);
      await repo.git('push', '--quiet', 'origin', 'HEAD^{/two words}:refs/heads/named');
      expect(await remoteRefs(repo)).toEqual(['refs/heads/named']);
    }));

  test('refuses what failed, and says in which run', () =>
    withGate(async (repo) => {
      await repo.commit({ broken: '' });
      expect((await repo.jci('run', '--clean')).exitCode).toBe(1);
      const [, , , runId] = ((await repo.refs())[0] ?? '').split('/');
      expect(await refusal(repo, 'main')).toContain(`failed in run ${runId} (git jci show ${runId})`);
    }));

  test('refuses what has only run with uncommitted changes, without a look at all results', () =>
    withGate(async (repo) => {
      repo.write('untracked', '');
      expect((await repo.jci('run')).exitCode).toBe(0);
      const traced = repo.at('.', { GIT_TRACE: join(repo.root, 'trace') });
      expect(await refusal(traced, 'main')).toContain('has only run with uncommitted changes');
      expect(repo.read('../trace')).toMatch(/git for-each-ref .* refs\/jci-runs\/[0-9a-f]{40}\/$/m);
      expect(repo.read('../trace')).not.toMatch(/git for-each-ref .* refs\/jci-runs\/$/m);
    }));

  test('waits for the verdict of what is still running: refused if it is cancelled, let through if it passes', () =>
    withGate(async (repo) => {
      await repo.commit({ slow: '' });
      const cancelled = repo.startJci('run', '--clean');
      await cancelled.untilOutput('waiting');
      const refused = repo.start('git', 'push', 'origin', 'main');
      await refused.untilOutput('git jci: waiting for the verdict on ');
      cancelled.kill('SIGINT');
      expect((await cancelled.exit()).exitCode).toBe(130);
      expect((await refused.exit()).stderr).toContain('has no verdict');
      expect(await remoteRefs(repo)).toEqual([]);

      const passed = repo.startJci('run', '--clean');
      await passed.untilOutput('waiting');
      const push = repo.start('git', 'push', 'origin', 'main');
      await push.untilOutput('git jci: waiting for the verdict on ');
      repo.write('../home/go', '');
      expect((await passed.exit()).exitCode).toBe(0);
      expect((await push.exit()).exitCode).toBe(0);
      expect(await remoteRefs(repo)).toEqual(['refs/heads/main']);
    }));

  test('a run whose git jci was killed is not running', () =>
    withGate(async (repo) => {
      await repo.commit({ slow: '' });
      const run = repo.startJci('run', '--clean');
      await run.untilOutput('waiting');
      run.kill('SIGKILL');
      await run.exit();
      expect(await refusal(repo, 'main')).toContain('has no verdict');
    }));

  test('knows a commit by its tree: a reworded one passes', () =>
    withGate(async (repo) => {
      await repo.jci('run', '--clean');
      await repo.git('commit', '--quiet', '--amend', '-m', 'reworded');
      await repo.git('push', '--quiet', 'origin', 'HEAD:refs/heads/reworded');
      expect(await remoteRefs(repo)).toEqual(['refs/heads/reworded']);
    }));

  test('judges what is pushed, not what is checked out', () =>
    withGate(async (repo) => {
      await repo.jci('run', '--clean');
      await repo.git('checkout', '--quiet', '-b', 'topic');
      const untested = await repo.commit({ new: '' });
      await repo.git('push', '--quiet', 'origin', 'main');
      await repo.git('checkout', '--quiet', 'main');
      expect(await refusal(repo, 'main', 'topic', `${untested}:refs/heads/same`)).toMatch(/push of (topic, same|same, topic) refused/);
      expect(await remoteRefs(repo)).toEqual(['refs/heads/main']);
    }));

  test('judges the tip of several new commits alone', () =>
    withGate(async (repo) => {
      await repo.commit({ broken: '' });
      await repo.git('rm', '--quiet', 'broken');
      await repo.commit({ mended: '' });
      await repo.jci('run', '--clean');
      await repo.git('push', '--quiet', 'origin', 'main');
      expect(await remoteRefs(repo)).toEqual(['refs/heads/main']);
    }));

  test('lets tags, results and deletions through', () =>
    withGate(async (repo) => {
      await repo.git('push', '--quiet', '--no-verify', 'origin', 'main:old');
      await repo.git('tag', '-a', '-m', 'tag', 'v1');
      await repo.commit({ broken: '' });
      await repo.jci('run', '--clean');
      const [result = ''] = await repo.refs();
      await repo.git('push', '--quiet', 'origin', 'v1', ':old', 'refs/jci-runs/*:refs/jci-runs/*');
      expect(await remoteRefs(repo)).toEqual([result, 'refs/tags/v1']);
    }));

  test('lets a commit through that has no .jci/run.sh: it can never pass', () =>
    withGate(async (repo) => {
      await repo.git('checkout', '--quiet', '--orphan', 'pages');
      await repo.git('rm', '-r', '--quiet', '--force', '.');
      await repo.commit({ 'index.html': '' });
      await repo.git('push', '--quiet', 'origin', 'pages');
      expect(await remoteRefs(repo)).toEqual(['refs/heads/pages']);
    }));

  test('--no-verify and a run\'s own pushes pass the gate', () =>
    withGate(async (repo) => {
      await repo.git('push', '--quiet', '--no-verify', 'origin', 'main');
      await repo.at('.', { JCI_RUN_ID: '1700000000-abcd' }).git('push', '--quiet', 'origin', 'main:inside');
      expect(await remoteRefs(repo)).toEqual(['refs/heads/inside', 'refs/heads/main']);
    }));

  test('works in a linked worktree', () =>
    withGate(async (repo) => {
      await repo.git('worktree', 'add', '--quiet', '-b', 'topic', '../linked');
      const linked = repo.at('../linked');
      await linked.commit({ new: '' });
      expect(await refusal(linked, 'topic')).toContain('push of topic refused');
      await linked.jci('run', '--clean');
      await linked.git('push', '--quiet', 'origin', 'topic');
      expect(await remoteRefs(repo)).toEqual(['refs/heads/topic']);
    }));
});

describe('a hook whose git jci is gone', () => {
  /** As if another git jci had been installed by a path that is no more. */
  function uproot(repo: TestRepo, name: string): void {
    const path = `.git/hooks/${name}`;
    repo.write(path, repo.read(path).replace(/^(if there |\texec )'.*'/gm, "$1'/gone/git-jci'"), { executable: true });
  }

  test('finds another on PATH', () =>
    withGate(async (repo) => {
      uproot(repo, 'pre-push');
      expect(await refusal(repo, 'main')).toContain('has no verdict');
    }));

  test('lets a commit be, and keeps the gate shut, with one line each', () =>
    withGate(async (repo) => {
      await repo.jci('hook', 'install');
      for (const name of ['post-commit', 'pre-push']) uproot(repo, name);
      const without = repo.at('.', { PATH: '/usr/bin:/bin' });
      const commit = await without.tryGit('commit', '--quiet', '--allow-empty', '-m', 'x');
      expect(commit.exitCode).toBe(0);
      expect(commit.stderr).toBe("git jci is gone, so no run was started; remove this hook with: rm '.git/hooks/post-commit'\n");
      const push = await without.tryGit('push', '--quiet', 'origin', 'main');
      expect(push.exitCode).not.toBe(0);
      expect(push.stderr.split('\n')[0]).toMatch(/^git jci is gone, .* rm '.*pre-push'$/);
      expect(await remoteRefs(repo)).toEqual([]);
      await without.git('push', '--quiet', '--no-verify', 'origin', 'main');
    }));
});

test('with both hooks a commit can be pushed as soon as its run is over', () =>
  withGate(async (repo) => {
    await repo.jci('hook', 'install');
    await repo.commit({ new: '' });
    await waitFor(async () => (await repo.jci('status', '--porcelain')).stdout.startsWith('passed'), { what: 'the verdict' });
    await repo.git('push', '--quiet', 'origin', 'main');
    expect(await remoteRefs(repo)).toEqual(['refs/heads/main']);
  }));
