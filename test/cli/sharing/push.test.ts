import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFakeRuns } from '../../helpers/fake-runs.ts';
import { cloneBeside, transports, withRemote } from '../../helpers/remotes.ts';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';
import { waitFor } from '../../helpers/wait-for.ts';

/** Installs a hook in a repository. */
function hook(repo: TestRepo, name: string, text: string): void {
  repo.write(join(repo.path, repo.path.endsWith('.git') ? '' : '.git', 'hooks', name), `#!/bin/sh\n${text}\n`, { executable: true });
}

/** Puts another result under the name of a run. */
async function replaceResult(repo: TestRepo, ref: string, ...parents: string[]): Promise<string> {
  const tree = await repo.git('rev-parse', `${ref}^{tree}`);
  const other = await repo.git('commit-tree', ...parents.flatMap((id) => ['-p', id]), '-m', 'another', tree);
  await repo.git('update-ref', ref, other);
  return other;
}

const valueOf = (repo: TestRepo, ref: string): Promise<string> => repo.git('rev-parse', ref);

describe('push', () => {
  test.each(transports)('sends what is not there, and nothing the second time (%s)', (transport) =>
    withRemote(transport, async (repo, remote) => {
      expect((await repo.jci('run')).exitCode).toBe(0);
      await makeFakeRuns(repo, { count: 20, perCommit: 4 });
      const first = await repo.jci('push');
      expect(first).toMatchObject({ exitCode: 0, stdout: '', stderr: 'pushed 21 runs to origin\n' });
      expect(await remote.refs()).toEqual(await repo.refs());
      expect(await remote.repo.fsck()).toBe('');
      const again = await repo.jci('push');
      expect(again).toMatchObject({ exitCode: 0, stderr: 'nothing to push: origin has all 21 runs there are\n' });
    }),
  );

  test('sends only runs: no branch, no tag, whatever the configuration adds to a push', () =>
    withRemote('path', async (repo, remote) => {
      await makeFakeRuns(repo, { count: 2 });
      await repo.git('tag', '--annotate', '--message=v1', 'v1');
      for (const setting of ['push.followTags=true', 'push.default=matching', 'push.recurseSubmodules=check', 'remote.origin.push=refs/heads/*']) {
        await repo.git('config', ...setting.split('='));
      }
      hook(repo, 'pre-push', 'echo pre-push ran >&2; exit 1');
      expect(await repo.jci('push')).toMatchObject({ exitCode: 0, stderr: 'pushed 2 runs to origin\n' });
      expect(await remote.repo.git('for-each-ref', '--format=%(refname)')).toBe((await repo.refs()).join('\n'));
    }));

  test('two thousand at once, and one more', () =>
    withRemote('http', async (repo, remote) => {
      await makeFakeRuns(repo, { count: 2000, perCommit: 10 });
      expect((await repo.jci('push')).stderr).toBe('pushed 2000 runs to origin\n');
      await makeFakeRuns(repo, { count: 1, newest: 1_770_000_000 });
      expect((await repo.jci('push')).stderr).toBe('pushed 1 run to origin (2000 there already)\n');
      expect(await remote.refs()).toHaveLength(2001);
    }));

  test('in SHA-256 repositories', () =>
    withRemote(
      'path',
      async (repo, remote) => {
        expect((await repo.jci('run')).exitCode).toBe(0);
        expect((await repo.jci('push')).exitCode).toBe(0);
        expect(await remote.refs()).toEqual(await repo.refs());
      },
      { objectFormat: 'sha256' },
    ));

  test('tells scripts as JSON', () =>
    withRemote('path', async (repo) => {
      await makeFakeRuns(repo, { count: 2 });
      const { stdout, stderr } = await repo.jci('push', '--json');
      expect(JSON.parse(stdout)).toEqual({
        version: 1,
        remote: 'origin',
        pushed: await repo.refs(),
        present: 0,
        conflicts: [],
        refused: [],
        leftOut: [],
        messages: [],
      });
      expect(stderr).toBe('');
    }));

  test('without runs says so, and asks nobody', () =>
    withRemote('path', async (repo) => {
      await repo.git('remote', 'set-url', 'origin', '/nowhere');
      expect(await repo.jci('push')).toMatchObject({ exitCode: 0, stderr: 'there are no runs to push; start one with: git jci run\n' });
    }));

  test('run --push pushes what it stored, and a failing push keeps the result', () =>
    withRemote('path', async (repo, remote) => {
      expect((await repo.jci('run', '--push')).exitCode).toBe(0);
      expect(await remote.refs()).toEqual(await repo.refs());
      const failed = await repo.jci('run', '--push', '/nowhere');
      expect(failed.exitCode).toBe(3);
      expect(failed.stderr).toContain('git jci: there is no repository at /nowhere');
      expect(await repo.refs()).toHaveLength(2);
    }));
});

describe('push never overwrites', () => {
  test('another result under the same name: both stay, the others are pushed, exit 3', () =>
    withRemote('path', async (repo, remote) => {
      const [newest] = await makeFakeRuns(repo, { count: 3 });
      await repo.jci('push');
      await replaceResult(repo, newest!.ref);
      await makeFakeRuns(repo, { count: 1, newest: 1_770_000_000 });
      const { exitCode, stderr } = await repo.jci('push');
      expect(exitCode).toBe(3);
      expect(stderr).toContain('pushed 1 run to origin (2 there already)\n');
      expect(stderr).toContain(`git jci: origin has other results under 1 name of ours: ${newest!.ref}\n`);
      expect(await valueOf(remote.repo, newest!.ref)).toBe(newest!.result);
      expect(await remote.refs()).toHaveLength(4);
    }));

  test('a commit with the old result as its parent would fast-forward: it is not sent', () =>
    withRemote('path', async (repo, remote) => {
      const [newest] = await makeFakeRuns(repo, { count: 2 });
      await repo.jci('push');
      await replaceResult(repo, newest!.ref, newest!.result);
      const { exitCode, stderr } = await repo.jci('push');
      expect(exitCode).toBe(0);
      expect(stderr).toContain(`warning: ${newest!.ref} is not pushed: its commit has parents, which no result has\n`);
      expect(await valueOf(remote.repo, newest!.ref)).toBe(newest!.result);
    }));

  test('names that are no runs stay here', () =>
    withRemote('path', async (repo, remote) => {
      const runs = await makeFakeRuns(repo, { count: 1 });
      await repo.git('update-ref', 'refs/jci-runs/mine', 'HEAD');
      const { exitCode, stderr } = await repo.jci('push');
      expect(exitCode).toBe(0);
      expect(stderr).toContain('warning: refs/jci-runs/mine is not pushed: its name is not that of a run\n');
      expect(await remote.refs()).toEqual(runs.map(({ ref }) => ref));
    }));

  test('a remote whose refs are fetched into the namespace, and a mirror', () =>
    withRemote('path', async (repo, remote) => {
      await repo.git('config', 'remote.origin.fetch', '+refs/jci-runs/*:refs/jci-runs/*');
      await makeFakeRuns(repo, { count: 2 });
      expect((await repo.jci('push')).stderr).toBe('pushed 2 runs to origin\n');
      await remote.repo.git('update-ref', 'refs/heads/theirs', await valueOf(remote.repo, (await remote.refs())[0]!));
      await repo.git('config', 'remote.origin.mirror', 'true');
      await makeFakeRuns(repo, { count: 1, newest: 1_770_000_000 });
      expect((await repo.jci('push')).stderr).toBe('pushed 1 run to origin (2 there already)\n');
      expect(await remote.repo.git('for-each-ref', '--format=%(refname)', 'refs/heads')).toBe('refs/heads/theirs');
    }));
});

describe('push and other people', () => {
  test('two clones at once, with runs of their own and the same ones: both succeed', () =>
    withRemote('daemon', async (repo, remote) => {
      await makeFakeRuns(repo, { count: 60, commits: 'gone' });
      const other = await cloneBeside(repo, 'other');
      await other.git('fetch', '--quiet', repo.path, 'refs/jci-runs/*:refs/jci-runs/*');
      await makeFakeRuns(repo, { count: 20, newest: 1_770_000_000, branch: 'a' });
      await makeFakeRuns(other, { count: 20, newest: 1_780_000_000, branch: 'b' });
      const results = await Promise.all([repo.jci('push'), other.jci('push')]);
      expect(results.map(({ exitCode, stderr }) => [exitCode, /warning|git jci:/.exec(stderr)])).toEqual([[0, null], [0, null]]);
      expect(await remote.refs()).toHaveLength(100);
      expect(await remote.repo.fsck()).toBe('');
    }));

  test('a name lost to somebody in the same moment is pushed again, and found there', () =>
    withRemote('path', async (repo, remote) => {
      const runs = await makeFakeRuns(repo, { count: 3 });
      const other = await cloneBeside(repo, 'other');
      await other.git('fetch', '--quiet', repo.path, 'refs/jci-runs/*:refs/jci-runs/*');
      // Runs after our push has read the refs, and before it writes them: the first time only.
      hook(remote.repo, 'pre-receive', `test -e beaten && exit 0; touch beaten; unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_DIR; git -C ${other.path} push --quiet ${remote.repo.path} ${runs[1]!.ref}`);
      expect(await repo.jci('push')).toMatchObject({ exitCode: 0, stderr: 'pushed 2 runs to origin (1 there already)\n' });
      expect(await remote.refs()).toHaveLength(3);
    }));
});

describe('push and a remote that refuses', () => {
  test.each([
    ['update', 'case $1 in refs/jci-runs/*) echo "no CI results here"; exit 1;; esac', 'hook declined'],
    ['pre-receive', 'echo "no CI results here"; exit 1', 'pre-receive hook declined'],
  ])('an %s hook gives words, not a stack', (name, text, reason) =>
    withRemote('http', async (repo, remote) => {
      await makeFakeRuns(repo, { count: 3 });
      hook(remote.repo, name, text);
      const { exitCode, stdout, stderr } = await repo.jci('push');
      expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
      expect(stderr).toContain('nothing was pushed to origin\n');
      expect(stderr).toContain('origin says: no CI results here\n');
      expect(stderr).toContain(`git jci: origin refused 3 runs: ${reason}\n`);
      expect(stderr).toMatch(/\nhint: .*git jci push <remote>/);
      expect(stderr).not.toMatch(/ {4}at |\.cjs|s3cr3t/);
      expect(await remote.refs()).toEqual([]);
    }),
  );

  test('a hook that refuses one lets the others through', () =>
    withRemote('path', async (repo, remote) => {
      const [run] = await makeFakeRuns(repo, { count: 3 });
      hook(remote.repo, 'update', `test "$1" != ${run!.ref}`);
      const { exitCode, stderr } = await repo.jci('push');
      expect(exitCode).toBe(3);
      expect(stderr).toContain('pushed 2 runs to origin\n');
      expect(stderr).toContain('git jci: origin refused 1 run: hook declined\n');
      expect(await remote.refs()).toHaveLength(2);
    }));

  test('what a server says cannot steer the terminal', () =>
    withRemote('path', async (repo, remote) => {
      await makeFakeRuns(repo, { count: 1 });
      hook(remote.repo, 'pre-receive', `printf 'a\\033[31mred\\033]0;title\\007\\n'; exit 1`);
      const { stderr } = await repo.jci('push');
      expect(stderr).toContain('origin says: a');
       
      expect(stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/);
    }));

  test('a wrong password, which is not shown', () =>
    withRemote('http', async (repo, remote) => {
      await makeFakeRuns(repo, { count: 1 });
      const { exitCode, stdout, stderr } = await repo.jci('push', remote.url.replace(/s3cr3t[^@]*/, 'wr0ng'));
      expect(exitCode).toBe(3);
      expect(stderr).toMatch(/^git jci: http:\/\/\*\*\*@127\.0\.0\.1:\d+\/remote\.git does not let us in: /);
      expect(stdout + stderr).not.toMatch(/wr0ng|s3cr3t/);
    }));

  test('no credentials at all: no question without a terminal', () =>
    withRemote('http', async (repo, remote) => {
      await makeFakeRuns(repo, { count: 1 });
      const { exitCode, stderr } = await repo.jci('push', remote.url.replace(/\/\/.*@/, '//'));
      expect(exitCode).toBe(3);
      expect(stderr).toContain('does not let us in');
    }));

  test('an error page instead of a repository', () =>
    withRemote('http', async (repo, remote) => {
      await makeFakeRuns(repo, { count: 1 });
      const { exitCode, stderr } = await repo.jci('push', remote.url.replace('remote.git', 'absent.git'));
      expect(exitCode).toBe(3);
      expect(stderr).toMatch(/^git jci: there is no repository at http:\/\/\*\*\*@127/);
    }));
});

describe('push and a connection that breaks', () => {
  test.each(['daemon', 'http'] as const)('both sides stay whole, and a second try finishes (%s)', (transport) =>
    withRemote(transport, async (repo, remote) => {
      await makeFakeRuns(repo, { count: 200, perCommit: 10, logBytes: 4000 });
      remote.proxy!.cutAfter(20_000);
      const cut = await repo.jci('push');
      expect(remote.proxy!.cuts).toBeGreaterThan(0);
      expect(cut.exitCode).toBe(3);
      expect(cut.stderr).toContain('the connection to origin broke off: ');
      expect(cut.stderr).toContain('hint: both sides are whole; run it again: git jci push\n');
      expect(await remote.repo.fsck()).toBe('');
      expect(await repo.fsck()).toBe('');
      remote.proxy!.cutAfter(undefined);
      expect((await repo.jci('push')).exitCode).toBe(0);
      expect(await remote.refs()).toEqual(await repo.refs());
    }),
  );

  test('nobody listens', () =>
    withRemote('http', async (repo, remote) => {
      await makeFakeRuns(repo, { count: 1 });
      const { exitCode, stderr } = await repo.jci('push', remote.url.replace(/:\d+\/remote/, ':1/remote'));
      expect(exitCode).toBe(3);
      expect(stderr).toMatch(/^git jci: http:\/\/\*\*\*@127.0.0.1:1\/remote.git cannot be reached: /);
    }));

  test('Ctrl-C ends git too', () =>
    withRemote('path', async (repo, remote) => {
      await makeFakeRuns(repo, { count: 1 });
      hook(remote.repo, 'pre-receive', 'echo $$ > started; exec sleep 600');
      const push = repo.startJci('push');
      const started = join(remote.repo.path, 'started');
      const pid = Number(await waitFor(() => readIfThere(started), { what: 'the hook' }));
      push.kill('SIGINT');
      const { exitCode, stderr } = await push.exit();
      expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: 'git jci: cancelled by SIGINT\n' });
      expect(await remote.refs()).toEqual([]);
      process.kill(pid, 'SIGKILL');
    }));
});

function readIfThere(path: string): string | undefined {
  return existsSync(path) && readFileSync(path, 'utf8').endsWith('\n') ? readFileSync(path, 'utf8') : undefined;
}

describe('which remote', () => {
  async function withRemotes(names: readonly string[], body: (repo: TestRepo, refsOf: (name: string) => Promise<string[]>) => Promise<void>): Promise<void> {
    await withRepo(
      async (repo) => {
        for (const name of names) {
          await repo.git('init', '--quiet', '--bare', `../${name}.git`);
          await repo.git('remote', 'add', name, `../${name}.git`);
        }
        await makeFakeRuns(repo, { count: 1 });
        await body(repo, (name) => repo.at(`../${name}.git`).refs());
      },
      { script: 'true' },
    );
  }

  test('argument, jci.remote, upstream, origin, the only one: in this order', () =>
    withRemotes(['origin', 'up', 'ci', 'named'], async (repo, refsOf) => {
      const pushedTo = async (...args: string[]): Promise<string | undefined> => /to (\w+)/.exec((await repo.jci('push', ...args)).stderr)?.[1];
      expect(await pushedTo()).toBe('origin');
      await repo.git('config', 'branch.main.remote', 'up');
      expect(await pushedTo()).toBe('up');
      await repo.git('config', 'jci.remote', 'ci');
      expect(await pushedTo()).toBe('ci');
      expect(await pushedTo('named')).toBe('named');
      expect(await refsOf('named')).toHaveLength(1);
    }));

  test('the only one need not be called origin', () =>
    withRemotes(['backup'], async (repo, refsOf) => {
      expect((await repo.jci('push')).exitCode).toBe(0);
      expect(await refsOf('backup')).toHaveLength(1);
    }));

  test('none, or several without origin: refused with what to do', () =>
    withRemotes([], async (repo) => {
      const none = await repo.jci('push');
      expect(none).toMatchObject({ exitCode: 3, stderr: 'git jci: this repository has no remote\nhint: git remote add origin <url>, or name a URL or path\n' });
      await repo.git('remote', 'add', 'one', '/1');
      await repo.git('remote', 'add', 'two', '/2');
      const several = await repo.jci('push');
      expect(several).toMatchObject({ exitCode: 3, stderr: 'git jci: there are several remotes (one, two), and none is called origin\nhint: name one, or: git config jci.remote one\n' });
    }));

  test('nothing that git would take for an option', () =>
    withRemotes(['origin'], async (repo) => {
      await repo.git('config', 'jci.remote', '--upload-pack=touch pwned');
      for (const args of [['push'], ['pull'], ['push', '--', '--receive-pack=touch pwned'], ['push', 'a\nb']]) {
        expect((await repo.jci(...args)).exitCode).toBe(2);
      }
    }));

  test('outside a repository', () =>
    withRemotes([], async (repo) => {
      for (const command of ['push', 'pull', 'prune']) {
        expect(await repo.at(repo.root).jci(command)).toMatchObject({ exitCode: 128, stdout: '' });
      }
    }));
});

test('an environment full of what git and simple-git look at does no harm', () =>
  withRemote('http', async (repo, remote) => {
    await makeFakeRuns(repo, { count: 1 });
    const env = {
      EDITOR: 'vi',
      PAGER: 'less',
      VISUAL: 'vi',
      PREFIX: '/usr',
      GIT_EDITOR: 'vi',
      GIT_PAGER: 'less',
      GIT_SSH_COMMAND: 'ssh -v',
      GIT_ASKPASS: 'false',
      SSH_ASKPASS: 'false',
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'core.pager',
      GIT_CONFIG_VALUE_0: 'cat',
      GIT_CONFIG_KEY_1: 'url./.insteadOf',
      GIT_CONFIG_VALUE_1: 'nothing:',
      GIT_INDEX_FILE: '/nowhere',
      GIT_OBJECT_DIRECTORY: '/nowhere',
      GIT_NAMESPACE: 'elsewhere',
    };
    expect((await repo.at('.', env).jci('push')).exitCode).toBe(0);
    expect(await remote.refs()).toEqual(await repo.refs());
  }));
