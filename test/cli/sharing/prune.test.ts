import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFakeRuns, type FakeRun } from '../../helpers/fake-runs.ts';
import { cloneBeside, withRemote } from '../../helpers/remotes.ts';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';

const day = 86_400;
const nowSeconds = (): number => Math.floor(new Date().getTime() / 1000);

/** Ten runs on main, a day apart, the newest of today; the fifth and the tenth failed. */
const tenDays = (repo: TestRepo, options: Partial<Parameters<typeof makeFakeRuns>[1]> = {}): Promise<FakeRun[]> =>
  makeFakeRuns(repo, { count: 10, newest: nowSeconds() - 60, secondsApart: day, failEvery: 5, ...options });

const refsOf = (runs: readonly FakeRun[]): string[] => runs.map(({ ref }) => ref).sort();

/** What `git jci prune` with these options would remove, by reason. */
async function planned(repo: TestRepo, ...options: string[]): Promise<Map<string, string[]>> {
  const { exitCode, stdout } = await repo.jci('prune', ...options, '--json');
  expect(exitCode).toBe(0);
  const { committed, runs } = JSON.parse(stdout) as { committed: boolean; runs: { ref: string; reasons: string[] }[] };
  expect(committed).toBe(false);
  return new Map(runs.map(({ ref, reasons }) => [ref, reasons]));
}

const withRuns = (body: (repo: TestRepo, runs: FakeRun[]) => Promise<void>): Promise<void> =>
  withRepo(async (repo) => body(repo, await tenDays(repo)), { script: 'true' });

describe('hints', () => {
  test('--keep-last alone removes nothing, and says what would', () =>
    withRuns(async (repo) => {
      expect((await repo.jci('prune', '--keep-last', '3')).stderr).toContain('hint: --keep-last protects runs; say what is to go');
      expect((await repo.jci('prune', '--keep-last', '3', '--older-than', '2h')).stderr).not.toContain('hint:');
    }));

  test('that a remote still has what was removed here', () =>
    withRuns(async (repo) => {
      await repo.git('remote', 'add', 'origin', '../remote.git');
      expect((await repo.jci('prune', '--failed')).stderr).not.toContain('hint:');
      expect((await repo.jci('prune', '--failed', '--commit')).stderr).toContain('hint: git jci pull brings back what a remote still has');
    }));
});

describe('the rules', () => {
  test('--older-than and --failed narrow each other', () =>
    withRuns(async (repo, runs) => {
      expect([...(await planned(repo, '--older-than', '6d')).keys()].sort()).toEqual(refsOf(runs.slice(6)));
      expect([...(await planned(repo, '--failed')).keys()].sort()).toEqual(refsOf([runs[4]!, runs[9]!]));
      expect(await planned(repo, '--failed', '--older-than', '6d')).toEqual(new Map([[runs[9]!.ref, ['old', 'failed']]]));
      expect(await planned(repo, '--older-than', '1m')).toEqual(new Map());
    }));

  test('--unreachable, which is what happens without a rule, adds runs whose commit is gone', () =>
    withRuns(async (repo, runs) => {
      expect(await planned(repo)).toEqual(new Map());
      const gone = await makeFakeRuns(repo, { count: 2, newest: nowSeconds(), commits: 'gone' });
      expect(await planned(repo)).toEqual(new Map(gone.map(({ ref }) => [ref, ['unreachable']])));
      const both = await planned(repo, '--older-than', '9d', '--unreachable');
      expect(both).toEqual(new Map<string, string[]>([...gone.map(({ ref }): [string, string[]] => [ref, ['unreachable']]), [runs[9]!.ref, ['old']]]));
      expect([...(await planned(repo, '--older-than', '9d')).keys()]).toEqual([runs[9]!.ref]);
    }));

  test('--keep-last and jci.keep protect the newest of each branch', () =>
    withRuns(async (repo, runs) => {
      const others = await makeFakeRuns(repo, { count: 3, newest: nowSeconds() - 20 * day, branch: 'topic' });
      const rest = refsOf([...runs.slice(2), ...others.slice(2)]);
      expect([...(await planned(repo, '--older-than', '1h', '--keep-last', '2')).keys()].sort()).toEqual(rest);
      await repo.git('config', 'jci.keep', '2');
      expect([...(await planned(repo, '--older-than', '1h')).keys()].sort()).toEqual(rest);
      expect([...(await planned(repo, '--older-than', '1h', '--keep-last', '9')).keys()]).toEqual([runs[9]!.ref]);
      const { stderr } = await repo.jci('prune', '--older-than', '1h');
      expect(stderr).toContain('3 runs stay: among the newest of a branch, or being stored\n');
    }));

  test('--max-size drops the oldest, but nothing that is protected', () =>
    withRuns(async (repo, runs) => {
      const sizes = await sizesOf(repo);
      const total = [...sizes.values()].reduce((a, b) => a + b, 0);
      expect(await planned(repo, '--max-size', String(total))).toEqual(new Map());
      expect(await planned(repo, '--max-size', String(total - 1))).toEqual(new Map([[runs[9]!.ref, ['size']]]));
      expect([...(await planned(repo, '--max-size', '1')).keys()].sort()).toEqual(refsOf(runs));
      expect([...(await planned(repo, '--max-size', '1', '--keep-last', '3')).keys()].sort()).toEqual(refsOf(runs.slice(3)));
      const both = await planned(repo, '--max-size', '1', '--failed');
      expect(both.get(runs[4]!.ref)).toEqual(['failed']);
      expect(both.get(runs[5]!.ref)).toEqual(['size']);
    }));

  async function sizesOf(repo: TestRepo): Promise<Map<string, number>> {
    const { stdout } = await repo.jci('prune', '--older-than', '0s', '--json');
    const { runs } = JSON.parse(stdout) as { runs: { ref: string; bytes: number }[] };
    return new Map(runs.map(({ ref, bytes }) => [ref, bytes]));
  }

  test('sizes are what git frees: measured before, compared with what gc takes off', () =>
    withRepo(
      async (repo) => {
        repo.write('noise', Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * index * 31) % 251)));
        repo.write('.jci/run.sh', 'cp "$JCI_REPO_ROOT/noise" .; head -c 100000 /dev/urandom > own', { executable: true });
        await repo.commit({});
        await repo.jci('run');
        await repo.jci('run');
        await repo.git('gc', '--quiet');
        const sizes = [...(await sizesOf(repo)).values()];
        // `noise` is part of the commit, too: nothing is freed by removing runs that hold it, but git cannot tell that cheaply.
        expect(Math.min(...sizes)).toBeGreaterThan(100_000);
        const { stdout } = await repo.jci('prune', '--older-than', '0s', '--keep-last', '1', '--json');
        const { bytes } = JSON.parse(stdout) as { bytes: number };
        const before = await packedBytes(repo);
        expect((await repo.jci('prune', '--older-than', '0s', '--keep-last', '1', '--commit')).exitCode).toBe(0);
        await repo.git('gc', '--quiet', '--prune=now');
        const freed = before - (await packedBytes(repo));
        expect(freed / bytes).toBeGreaterThan(0.9);
        expect(freed / bytes).toBeLessThan(1.1);
      },
      { script: 'true' },
    ));

  const packedBytes = async (repo: TestRepo): Promise<number> => Number(/size-pack: (\d+)/.exec(await repo.git('count-objects', '-v'))?.[1]) * 1024;

  test('results of the Go tool, and results that cannot be read', () =>
    withRuns(async (repo) => {
      const tree = (await repo.exec('git', ['mktree'], `100644 blob ${(await repo.exec('git', ['hash-object', '-w', '--stdin'], 'err\n')).stdout.trim()}\tstatus.txt\n`)).stdout.trim();
      const go = await repo.git('commit-tree', '-m', 'CI results', tree);
      const ref = `refs/jci-runs/${await repo.git('rev-parse', 'HEAD')}/${nowSeconds() - 100 * day}-abcd`;
      await repo.git('update-ref', ref, go);
      expect((await planned(repo, '--failed', '--older-than', '99d')).get(ref)).toEqual(['old', 'failed']);
      rmSync(join(repo.path, '.git/objects', tree.slice(0, 2), tree.slice(2)));
      const { exitCode, stdout } = await repo.jci('prune', '--older-than', '99d', '--commit', '--json');
      expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(ref) });
      expect(await repo.refs()).toHaveLength(10);
    }));

  test('wrong values are explained', () =>
    withRuns(async (repo) => {
      for (const [option, value] of [['--older-than', '30'], ['--keep-last', '0'], ['--max-size', 'big']] as const) {
        const { exitCode, stderr } = await repo.jci('prune', option, value);
        expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(`${option}: '${value}'`) });
      }
    }));
});

describe('prune here', () => {
  test('says what and how much, and does nothing without --commit', () =>
    withRuns(async (repo, runs) => {
      const { exitCode, stdout, stderr } = await repo.jci('prune', '--failed');
      expect(exitCode).toBe(0);
      expect(stdout.split('\n').map((line) => line.slice(0, 29))).toEqual([
        ...[runs[4]!, runs[9]!].map(({ runId, commit }) => `${runId}  ${commit.slice(0, 12)}`),
        '',
      ]);
      expect(stdout).toMatch(/ {2}4 d ago +failed {2}main\n/);
      expect(stderr).toMatch(/^would remove 2 of 10 runs and free about [\d.]+ (?:B|KiB) \(packed size of what no other run uses\); do it with --commit\n$/);
      expect(await repo.refs()).toEqual(refsOf(runs));
    }));

  test('removes them with --commit; the objects go with gc, and everything else stays sound', () =>
    withRuns(async (repo, runs) => {
      const { exitCode, stderr } = await repo.jci('prune', '--failed', '--commit');
      expect(exitCode).toBe(0);
      expect(stderr).toMatch(/^removed 2 of 10 runs: about .*; git frees the space in its own time, --now does it at once\n$/);
      expect(await repo.refs()).toEqual(refsOf(runs.filter(({ outcome }) => outcome === 'passed')));
      expect((await repo.tryGit('cat-file', '-e', runs[4]!.result)).exitCode).toBe(0);
      await repo.git('gc', '--quiet', '--prune=now');
      expect((await repo.tryGit('cat-file', '-e', runs[4]!.result)).exitCode).toBe(1);
      expect(await repo.fsck()).toBe('');
      expect((await repo.jci('prune', '--failed', '--commit')).stderr).toBe('nothing to prune: no rule is against any of 8 runs\n');
    }));

  test('two at once leave what neither was asked for', () =>
    withRuns(async (repo, runs) => {
      const results = await Promise.all([repo.jci('prune', '--older-than', '3d', '--commit'), repo.jci('prune', '--failed', '--commit')]);
      // One of them may find the other at work on the same refs: then it says so.
      for (const { exitCode, stderr } of results) expect([exitCode, stderr]).toEqual(exitCode === 0 ? [0, expect.any(String)] : [3, expect.stringContaining('another git process is at work')]);
      await repo.jci('prune', '--older-than', '3d', '--commit');
      expect(await repo.refs()).toEqual(refsOf(runs.slice(0, 3)));
    }));

  test('refuses --unreachable in a shallow clone, asked for or implied', () =>
    withRemote('path', async (repo, remote) => {
      await tenDays(repo);
      await repo.git('push', '--quiet', 'origin', 'main');
      await repo.jci('push');
      await repo.git('clone', '--quiet', '--depth=1', `file://${remote.url}`, '../shallow');
      const shallow = repo.at('../shallow');
      await shallow.jci('pull');
      for (const options of [[], ['--unreachable'], ['--older-than', '1d', '--unreachable', '--commit']]) {
        const { exitCode, stderr } = await shallow.jci('prune', ...options);
        expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: expect.stringContaining('hint: git fetch --unshallow') });
      }
      expect([...(await planned(shallow, '--older-than', '9d')).keys()]).toHaveLength(1);
    }));

  test('works in a bare repository', () =>
    withRepo(
      async (repo) => {
        await tenDays(repo, { commits: 'gone' });
        expect((await repo.jci('prune', '--commit')).exitCode).toBe(0);
        expect(await repo.refs()).toEqual([]);
      },
      { bare: true },
    ));
});

describe('--now', () => {
  test('says what else it destroys, and frees the space', () =>
    withRuns(async (repo, runs) => {
      await repo.commit({ file: '1' });
      repo.write('file', 'stashed');
      await repo.git('stash', '--quiet');
      const stash = await repo.git('rev-parse', 'stash');
      await repo.git('stash', 'drop', '--quiet');
      await repo.commit({ file: '2' }, 'amended away');
      await repo.git('reset', '--quiet', '--hard', 'HEAD~1');
      await repo.git('reflog', 'expire', '--expire=now', '--all');
      const dry = await repo.jci('prune', '--failed', '--now');
      expect(dry.stderr).toContain('warning: --now would also destroy 1 dropped stash and 1 commit that nothing leads to any more, for good');
      expect((await repo.tryGit('cat-file', '-e', stash)).exitCode).toBe(0);
      // Objects written in the last second are left alone: a run may be about to name them.
      await repo.exec('find', [join(repo.path, '.git/objects'), '-type', 'f', '-exec', 'touch', '-d', '1 minute ago', '{}', '+']);
      const { exitCode, stderr } = await repo.jci('prune', '--failed', '--now', '--commit');
      expect(exitCode).toBe(0);
      expect(stderr).toContain('warning: --now destroys 1 dropped stash and 1 commit');
      expect(stderr).toContain('freeing space with git gc\n');
      for (const id of [stash, runs[4]!.result]) expect((await repo.tryGit('cat-file', '-e', id)).exitCode).toBe(1);
      expect(await repo.fsck()).toBe('');
    }));

  test('is refused while a run is under way, before anything is removed', () =>
    withRepo(
      async (repo) => {
        await tenDays(repo);
        const live = repo.startJci('run');
        await live.untilOutput('waiting');
        const { exitCode, stderr } = await repo.jci('prune', '--failed', '--now', '--commit');
        expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: expect.stringContaining('1 run under way') });
        expect(await repo.refs()).toHaveLength(10);
        expect((await repo.jci('prune', '--failed', '--commit')).exitCode).toBe(0);
        live.kill('SIGTERM');
        await live.exit();
        expect(await repo.refs()).toHaveLength(9);
      },
      { script: 'echo waiting; sleep 600' },
    ));
});

describe('prune a remote', () => {
  test('by age, from the list of its refs alone', () =>
    withRemote('http', async (repo, remote) => {
      const runs = await tenDays(remote.repo, { commits: 'gone' });
      const dry = await repo.jci('prune', '--on-remote', '--older-than', '6d');
      expect(dry).toMatchObject({ exitCode: 0, stderr: 'would remove 4 of 10 runs of origin; do it with --commit\n' });
      expect(dry.stdout.split('\n')).toHaveLength(5);
      expect(await repo.git('count-objects')).toMatch(/^[0-9] objects/);
      const done = await repo.jci('prune', '--on-remote=origin', '--older-than', '6d', '--commit');
      expect(done).toMatchObject({ exitCode: 0, stderr: 'removed 4 of 10 runs of origin\n' });
      expect(await remote.refs()).toEqual(refsOf(runs.slice(0, 6)));
      expect((await repo.jci('prune', '--on-remote', '--older-than', '6d', '--commit')).stderr).toBe('nothing to prune: no rule is against any of 6 runs of origin\n');
      expect(await repo.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
    }));

  test('by verdict and branch as far as the runs are here; the others stay, and that is said', () =>
    withRemote('daemon', async (repo, remote) => {
      const known = await tenDays(repo);
      await repo.jci('push');
      await tenDays(remote.repo, { commits: 'gone', newest: nowSeconds() - 3600, failEvery: 1 });
      const { stderr } = await repo.jci('prune', '--on-remote', '--failed', '--commit');
      expect(stderr).toBe('10 runs stay: not here, so nobody knows verdict and branch (git jci pull)\nremoved 2 of 20 runs of origin\n');
      const kept = await repo.jci('prune', '--on-remote', '--older-than', '1h', '--keep-last', '3', '--commit');
      expect(kept.stderr).toContain('removed 5 of 18 runs of origin\n');
      expect(await remote.refs()).toHaveLength(13);
      expect(await remote.refs()).toEqual(expect.arrayContaining(refsOf(known.slice(0, 3))));
      // What was removed there is still here.
      expect(await repo.refs()).toHaveLength(10);
    }));

  test('what somebody changes meanwhile is left alone, and so are names nobody asked about', () =>
    withRemote('path', async (repo, remote) => {
      const runs = await tenDays(remote.repo, { commits: 'gone' });
      const [a, b, c] = [runs[7]!, runs[8]!, runs[9]!];
      await remote.repo.git('update-ref', `${c.ref}.bak`, c.result);
      // Whoever lists the refs of the remote sees them one change behind: after the first list, one has moved and one is gone.
      const moved = runs[0]!.result;
      repo.write('../slow-list', `#!/bin/sh\ngit-upload-pack "$@"\ntest -e ${repo.root}/done && exit\ntouch ${repo.root}/done\ngit -C ${remote.repo.path} update-ref ${a.ref} ${moved}\ngit -C ${remote.repo.path} update-ref -d ${b.ref}\n`, { executable: true });
      await repo.git('config', 'remote.origin.uploadpack', `${repo.root}/slow-list`);
      const { exitCode, stderr } = await repo.jci('prune', '--on-remote', '--older-than', '6d', '--commit');
      expect(exitCode).toBe(0);
      expect(stderr).toBe('removed 1 of 9 runs of origin (2 had changed or were gone meanwhile)\n');
      expect(await remote.repo.git('rev-parse', a.ref)).toBe(moved);
      expect(await remote.refs()).toEqual([...refsOf([...runs.slice(0, 6), a, c]), `${c.ref}.bak`].sort());
    }));

  test('refuses what cannot be told of a remote', () =>
    withRemote('path', async (repo, remote) => {
      await tenDays(remote.repo, { commits: 'gone' });
      for (const options of [[], ['--unreachable'], ['--unreachable', '--older-than', '1d'], ['--max-size', '1M'], ['--older-than', '1d', '--now']]) {
        const { exitCode, stderr } = await repo.jci('prune', '--on-remote', '--commit', ...options);
        expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: expect.stringMatching(/^git jci: .*\nhint: .*\n$/) });
      }
      expect(await remote.refs()).toHaveLength(10);
    }));

  test('a remote that forbids deletions gives words', () =>
    withRemote('http', async (repo, remote) => {
      await tenDays(remote.repo, { commits: 'gone' });
      remote.repo.write('hooks/update', '#!/bin/sh\necho results stay for ever\nexit 1\n', { executable: true });
      const { exitCode, stderr } = await repo.jci('prune', '--on-remote', '--older-than', '6d', '--commit');
      expect(exitCode).toBe(3);
      expect(stderr).toContain('origin says: results stay for ever\n');
      expect(stderr).toMatch(/git jci: origin refused to delete 4 runs: .*\nhint: /);
      expect(await remote.refs()).toHaveLength(10);
    }));

  test('somebody else has deleted all of them meanwhile', () =>
    withRemote('path', async (repo, remote) => {
      const runs = await tenDays(remote.repo, { commits: 'gone', count: 2, newest: nowSeconds() - 2 * day });
      const deletions = runs.map(({ ref }) => `git -C ${remote.repo.path} update-ref -d ${ref}\n`).join('');
      repo.write('../slow-list', `#!/bin/sh\ngit-upload-pack "$@"\n${deletions}`, { executable: true });
      await repo.git('config', 'remote.origin.uploadpack', `${repo.root}/slow-list`);
      const { exitCode, stderr } = await repo.jci('prune', '--on-remote', '--older-than', '1h', '--commit');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'removed 0 of 2 runs of origin (2 had changed or were gone meanwhile)\n' });
    }));

  test('a server that cannot change refs together', () =>
    withRemote('path', async (repo, remote) => {
      await tenDays(remote.repo, { commits: 'gone' });
      await remote.repo.git('config', 'receive.advertiseAtomic', 'false');
      expect((await repo.jci('prune', '--on-remote', '--older-than', '6d', '--commit')).stderr).toBe('removed 4 of 10 runs of origin\n');
    }));

  test('a connection that breaks leaves it whole, and a second try finishes', () =>
    withRemote('daemon', async (repo, remote) => {
      await tenDays(remote.repo, { commits: 'gone', count: 300 });
      remote.proxy!.cutAfter(3000);
      const cut = await repo.jci('prune', '--on-remote', '--older-than', '6d', '--commit');
      expect(cut).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('broke off') });
      expect(await remote.repo.fsck()).toBe('');
      remote.proxy!.cutAfter(undefined);
      expect((await repo.jci('prune', '--on-remote', '--older-than', '6d', '--commit')).exitCode).toBe(0);
      expect(await remote.refs()).toHaveLength(6);
    }));

  test("the user's own hooks do not run, and are found as they were", () =>
    withRemote('path', async (repo, remote) => {
      await tenDays(remote.repo, { commits: 'gone' });
      repo.write('.git/hooks/pre-push', '#!/bin/sh\necho ran >&2\nexit 1\n', { executable: true });
      expect((await repo.jci('prune', '--on-remote', '--older-than', '6d', '--commit')).stderr).toBe('removed 4 of 10 runs of origin\n');
      const other = await cloneBeside(repo, 'other');
      expect((await other.jci('prune', '--on-remote', '--older-than', '1h', '--commit', '--json')).exitCode).toBe(0);
      expect(await remote.refs()).toHaveLength(1);
      expect((await repo.exec('find', ['.git/jci', '-name', 'lease-*'])).stdout).toBe('');
    }));
});
