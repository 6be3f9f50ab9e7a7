import { describe, expect, test } from 'vitest';
import { makeFakeRuns } from '../../helpers/fake-runs.ts';
import { cloneBeside, transports, withRemote, type Remote } from '../../helpers/remotes.ts';
import type { TestRepo } from '../../helpers/repo.ts';
import { killGitJci, sabotage } from '../../helpers/saboteur.ts';

/** Every ref that is not a run of ours: a pull must leave none behind, and touch none. */
const otherRefs = (repo: TestRepo): Promise<string> => repo.git('for-each-ref', '--format=%(refname) %(objectname)', '--sort=refname', 'refs/heads', 'refs/tags', 'refs/remotes');

async function runsOf(repo: TestRepo): Promise<Map<string, string>> {
  const lines = (await repo.git('for-each-ref', '--format=%(refname) %(objectname)', 'refs/jci-runs')).split('\n').filter(Boolean);
  return new Map(lines.map((line) => line.split(' ') as [string, string]));
}

/** Makes a commit out of entries as `git mktree` takes them, whatever git thinks of their names, and puts it under a ref of the remote. */
async function offer(remote: Remote, ref: string, files: Record<string, string>, ...parents: string[]): Promise<string> {
  const { repo } = remote;
  const hash = async (type: string, content: Uint8Array | string): Promise<string> => {
    const file = `${repo.root}/object`;
    repo.write(file, content);
    return repo.git('hash-object', '-w', '--literally', '-t', type, file);
  };
  const entries: Buffer[] = [];
  for (const [name, content] of Object.entries(files)) {
    const id = await hash('blob', content);
    entries.push(Buffer.from(`100644 ${name}\0`), Buffer.from(id, 'hex'));
  }
  const tree = await hash('tree', Buffer.concat(entries));
  const who = 'Eve <eve@example.com> 1760000000 +0000';
  const text = `tree ${tree}\n${parents.map((id) => `parent ${id}\n`).join('')}author ${who}\ncommitter ${who}\n\nCI results\n\nJci-Status: ok\n`;
  const commit = await hash('commit', text);
  await repo.git('update-ref', ref, commit);
  return commit;
}

const runName = (digits: string, id = '1760000001-beef'): string => `refs/jci-runs/${digits.repeat(40 / digits.length)}/${id}`;

describe('pull', () => {
  test.each(transports)('brings what is not here, and nothing the second time (%s)', (transport) =>
    withRemote(transport, async (repo, remote) => {
      expect((await repo.jci('run')).exitCode).toBe(0);
      await makeFakeRuns(repo, { count: 20, perCommit: 4 });
      await repo.jci('push');
      const other = await cloneBeside(repo, 'other');
      expect(await other.jci('pull')).toMatchObject({ exitCode: 0, stdout: '', stderr: 'pulled 21 runs from origin\n' });
      expect(await runsOf(other)).toEqual(await runsOf(repo));
      expect(await otherRefs(other)).toBe('');
      expect(await other.fsck()).toBe('');
      expect(await other.jci('pull')).toMatchObject({ exitCode: 0, stderr: 'nothing to pull: all 21 runs of origin are here\n' });
      await makeFakeRuns(remote.repo, { count: 2, newest: 1_770_000_000, commits: 'gone' });
      expect((await other.jci('pull')).stderr).toBe('pulled 2 runs from origin (21 here already)\n');
    }),
  );

  test.each(transports)('where the first protocol is spoken, which hands out only what refs point to (%s)', (transport) =>
    withRemote(transport, async (repo, remote) => {
      await makeFakeRuns(remote.repo, { count: 50, perCommit: 4, commits: 'gone' });
      await repo.git('config', 'protocol.version', '0');
      expect(await repo.jci('pull')).toMatchObject({ exitCode: 0, stderr: 'pulled 50 runs from origin\n' });
      await makeFakeRuns(remote.repo, { count: 2, newest: 1_770_000_000, commits: 'gone' });
      expect(await repo.jci('pull')).toMatchObject({ exitCode: 0, stderr: 'pulled 2 runs from origin (50 here already)\n' });
      expect(await runsOf(repo)).toEqual(await runsOf(remote.repo));
    }),
  );

  test('in SHA-256 repositories, and not between formats', () =>
    withRemote(
      'path',
      async (repo, remote) => {
        await repo.jci('run');
        await repo.jci('push');
        const other = await cloneBeside(repo, 'other');
        expect((await other.jci('pull')).exitCode).toBe(0);
        expect(await runsOf(other)).toEqual(await runsOf(repo));
        await repo.git('init', '--quiet', '--object-format=sha1', '../old');
        const { exitCode, stderr } = await repo.at('../old').jci('pull', remote.url);
        expect(exitCode).toBe(3);
        expect(stderr).toContain('uses another object format than this repository (sha1)');
      },
      { objectFormat: 'sha256' },
    ));

  test('thousands at once, and with many here already only the few that are not', () =>
    withRemote('http', async (repo, remote) => {
      await makeFakeRuns(remote.repo, { count: 2500, perCommit: 10 });
      expect((await repo.jci('pull')).stderr).toBe('pulled 2500 runs from origin\n');
      expect(await runsOf(repo)).toEqual(await runsOf(remote.repo));
      expect(await repo.fsck()).toBe('');
      await makeFakeRuns(remote.repo, { count: 3, newest: 1_770_000_000, commits: 'gone' });
      expect((await repo.jci('pull')).stderr).toBe('pulled 3 runs from origin (2500 here already)\n');
    }));

  test('tells scripts as JSON', () =>
    withRemote('path', async (repo, remote) => {
      const runs = await makeFakeRuns(remote.repo, { count: 1 });
      const { stdout } = await repo.jci('pull', '--json');
      expect(JSON.parse(stdout)).toEqual({ version: 1, remote: 'origin', pulled: runs.map(({ ref }) => ref), present: 0, conflicts: [], unfit: [] });
    }));

  test('a remote without runs, and one that is none', () =>
    withRemote('path', async (repo) => {
      expect(await repo.jci('pull')).toMatchObject({ exitCode: 0, stderr: 'origin has no runs\n' });
      expect(await repo.jci('pull', '/nowhere')).toMatchObject({ exitCode: 3, stdout: '' });
    }));
});

describe('pull loses nothing', () => {
  test('runs that were not pushed stay, whatever the configuration says of fetching', () =>
    withRemote('path', async (repo, remote) => {
      await makeFakeRuns(remote.repo, { count: 2, commits: 'gone' });
      await makeFakeRuns(repo, { count: 3, newest: 1_770_000_000 });
      await repo.git('tag', 'mine');
      await remote.repo.git('tag', 'theirs', (await remote.refs())[0]!);
      const settings = {
        'fetch.prune': 'true',
        'fetch.pruneTags': 'true',
        'remote.origin.prune': 'true',
        'remote.origin.pruneTags': 'true',
        'remote.origin.tagOpt': '--tags',
        'remote.origin.fetch': '+refs/jci-runs/*:refs/jci-runs/*',
        'remote.origin.mirror': 'true',
        'fetch.recurseSubmodules': 'true',
        'fetch.fsckObjects': 'false',
        'fetch.writeCommitGraph': 'true',
      };
      for (const [key, value] of Object.entries(settings)) await repo.git('config', key, value);
      const before = await otherRefs(repo);
      expect((await repo.jci('pull')).exitCode).toBe(0);
      expect(await repo.refs()).toHaveLength(5);
      expect(await otherRefs(repo)).toBe(before);
      expect((await repo.tryGit('rev-parse', '--verify', '--quiet', 'FETCH_HEAD')).exitCode).toBe(1);
    }));

  test('another result under the same name: ours stays, the rest comes, exit 3', () =>
    withRemote('path', async (repo, remote) => {
      const [run] = await makeFakeRuns(repo, { count: 2 });
      await repo.jci('push');
      await offer(remote, run!.ref, { 'status.txt': 'ok' });
      await makeFakeRuns(remote.repo, { count: 1, newest: 1_770_000_000, commits: 'gone' });
      const { exitCode, stderr } = await repo.jci('pull');
      expect(exitCode).toBe(3);
      expect(stderr).toContain('pulled 1 run from origin (1 here already)\n');
      expect(stderr).toContain(`git jci: origin has other results under 1 name of ours: ${run!.ref}\n`);
      expect((await runsOf(repo)).get(run!.ref)).toBe(run!.result);
    }));

  test('a successor of our result does not fast-forward over it', () =>
    withRemote('path', async (repo, remote) => {
      const [run] = await makeFakeRuns(repo, { count: 1 });
      await repo.jci('push');
      await offer(remote, run!.ref, { 'status.txt': 'err' }, run!.result);
      expect((await repo.jci('pull')).exitCode).toBe(3);
      expect((await runsOf(repo)).get(run!.ref)).toBe(run!.result);
    }));

  test('two pulls in one repository at once, and pulls while somebody pushes', () =>
    withRemote('daemon', async (repo, remote) => {
      await makeFakeRuns(remote.repo, { count: 300, perCommit: 10, commits: 'gone' });
      const other = await cloneBeside(repo, 'other');
      await makeFakeRuns(other, { count: 50, newest: 1_770_000_000 });
      const results = await Promise.all([repo.jci('pull'), repo.jci('pull'), other.jci('push'), other.jci('pull')]);
      expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
      expect((await repo.jci('pull')).exitCode).toBe(0);
      expect(await runsOf(repo)).toEqual(await runsOf(remote.repo));
      expect(await otherRefs(other)).toContain('refs/heads/main');
    }));

  test('a pull that is killed once everything has arrived leaves nothing, and the next one finishes', () =>
    withRemote('path', async (repo, remote) => {
      const runs = await makeFakeRuns(remote.repo, { count: 40, commits: 'gone' });
      const before = await otherRefs(repo);
      await sabotage(repo, { program: 'git', when: "*' cat-file '*", before: killGitJci }).jci('pull');
      expect(await repo.refs()).toEqual([]);
      expect(await otherRefs(repo)).toBe(before);
      expect(await repo.jci('pull')).toMatchObject({ exitCode: 0, stderr: 'pulled 40 runs from origin\n' });
      expect(await repo.refs()).toEqual(runs.map(({ ref }) => ref).sort());
      expect(await repo.fsck()).toBe('');
    }));

  test('what the remote loses meanwhile is not missed', () =>
    withRemote('path', async (repo, remote) => {
      const [lost, ...rest] = await makeFakeRuns(remote.repo, { count: 40, commits: 'gone' });
      const loss = `git -C ${remote.repo.path} update-ref -d ${lost?.ref} && git -C ${remote.repo.path} -c gc.reflogExpire=now gc --quiet --prune=now`;
      const { exitCode, stderr } = await sabotage(repo, { program: 'git', when: "*' fetch '*", before: `test -e lost || { touch lost; ${loss}; }` }).jci('pull');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'pulled 39 runs from origin\n' });
      expect(await repo.refs()).toEqual(rest.map(({ ref }) => ref).sort());
    }));

  test.each([
    ['the same', 'pulled 39 runs from origin (1 here already)\n', 0],
    ['another result', 'pulled 39 runs from origin\n', 3],
  ])('a name that is taken meanwhile by %s stays', (what, said, code) =>
    withRemote('path', async (repo, remote) => {
      const [run] = await makeFakeRuns(remote.repo, { count: 40, commits: 'gone' });
      const id = what === 'the same' ? run?.result ?? '' : await repo.git('rev-parse', 'HEAD');
      const { exitCode, stderr } = await sabotage(repo, { program: 'git', when: "*' cat-file '*", before: `git update-ref ${run?.ref} ${id}` }).jci('pull');
      expect(exitCode).toBe(code);
      expect(stderr).toContain(said);
      expect((await runsOf(repo)).get(run?.ref ?? '')).toBe(id);
      expect(await repo.refs()).toEqual(await remote.refs());
    }),
  );

  test('a repository whose hook is to be told of each ref is told', () =>
    withRemote('path', async (repo, remote) => {
      const runs = await makeFakeRuns(remote.repo, { count: 40, commits: 'gone' });
      repo.write('.git/hooks/reference-transaction', '#!/bin/sh\ntest "$1" = committed && cat >>told\nexit 0\n', { executable: true });
      expect((await repo.jci('pull')).exitCode).toBe(0);
      for (const { ref, result } of runs) expect(repo.read('told')).toContain(`${'0'.repeat(40)} ${result} ${ref}\n`);
      expect(await repo.refs()).toEqual(runs.map(({ ref }) => ref).sort());
    }));
});

describe('pull and a hostile remote', () => {
  test('results with parents, names that are none, and what is no commit stay there', () =>
    withRemote('http', async (repo, remote) => {
      const good = await makeFakeRuns(remote.repo, { count: 2, commits: 'gone' });
      const history = await offer(remote, 'refs/heads/main', { file: 'x' });
      await offer(remote, runName('a'), { 'status.txt': 'ok' }, history);
      await remote.repo.git('update-ref', runName('b'), `${history}^{tree}`);
      await remote.repo.git('tag', '--annotate', '--message=t', 'tag', history);
      await remote.repo.git('update-ref', runName('c'), 'refs/tags/tag');
      const endless = await remote.repo.exec('git', ['commit-tree', `${good[0]!.result}^{tree}`], 'x'.repeat(2 * 1024 * 1024));
      await remote.repo.git('update-ref', runName('d'), endless.stdout.trim());
      await remote.repo.git('update-ref', 'refs/jci-runs/main', history);
      await remote.repo.git('update-ref', `${good[0]!.ref}.bak`, history);
      const before = await otherRefs(repo);
      const { exitCode, stderr, stdout } = await repo.jci('pull', '--json');
      expect(exitCode).toBe(0);
      const { unfit, pulled } = JSON.parse(stdout) as { unfit: { ref: string; why: string }[]; pulled: string[] };
      expect(pulled.sort()).toEqual(good.map(({ ref }) => ref).sort());
      expect(new Map(unfit.map(({ ref, why }) => [ref, why]))).toEqual(
        new Map([
          [runName('a'), 'its commit has parents, which no result has'],
          [runName('b'), 'it is a tree, not a result commit'],
          [runName('c'), 'it is a tag, not a result commit'],
          [runName('d'), 'its message is too long to be one of ours'],
          ['refs/jci-runs/main', 'its name is not that of a run'],
          [`${good[0]!.ref}.bak`, 'its name is not that of a run'],
        ]),
      );
      expect(stderr).toContain(`warning: ${runName('a')} was not taken: its commit has parents`);
      expect(await repo.refs()).toEqual(good.map(({ ref }) => ref).sort());
      expect(await otherRefs(repo)).toBe(before);
    }));

  test.each([
    ['a .git in its tree', { '.git': 'gitdir: /tmp' }, 'hasDotgit'],
    ['a path with a slash', { 'a/b': 'x' }, 'fullPathname'],
    ['a .. in its tree', { '..': 'x' }, 'hasDotdot'],
  ])('%s: only this one stays there', (_, files, fault) =>
    withRemote('path', async (repo, remote) => {
      const good = await makeFakeRuns(remote.repo, { count: 5, commits: 'gone' });
      await offer(remote, runName('b'), files);
      const { exitCode, stderr } = await repo.jci('pull');
      expect(exitCode).toBe(0);
      expect(stderr).toContain('pulled 5 runs from origin\n');
      expect(stderr).toContain(`warning: ${runName('b')} was not taken: an object of it is malformed: ${fault}`);
      expect(await repo.refs()).toEqual(good.map(({ ref }) => ref).sort());
      expect(await repo.fsck()).toBe('');
      expect((await repo.jci('pull')).stderr).toContain('was not taken');
    }),
  );

  test('nothing that arrives is executed', () =>
    withRemote('path', async (repo, remote) => {
      await offer(remote, runName('d'), { '.gitattributes': '* filter=evil', 'run.sh': 'touch pwned', 'status.txt': 'ok' });
      repo.write('.git/hooks/post-checkout', '#!/bin/sh\ntouch ran\n', { executable: true });
      repo.write('.git/hooks/post-merge', '#!/bin/sh\ntouch ran\n', { executable: true });
      expect((await repo.jci('pull')).exitCode).toBe(0);
      expect(await repo.refs()).toEqual([runName('d')]);
      expect(await repo.git('status', '--porcelain')).toBe('');
    }));
});

describe('pull and a connection that breaks', () => {
  test.each(['daemon', 'http'] as const)('both sides stay whole, and a second try finishes (%s)', (transport) =>
    withRemote(transport, async (repo, remote) => {
      await makeFakeRuns(remote.repo, { count: 200, perCommit: 10, logBytes: 4000, commits: 'gone' });
      await makeFakeRuns(repo, { count: 2, newest: 1_770_000_000 });
      remote.proxy!.cutAfter(60_000, 'down');
      const cut = await repo.jci('pull');
      expect(remote.proxy!.cuts).toBeGreaterThan(0);
      expect(cut.exitCode).toBe(3);
      expect(cut.stderr).toMatch(/^git jci: the connection to origin broke off: .*\nhint: both sides are whole; run it again: git jci pull\n$/);
      expect(await repo.refs()).toHaveLength(2);
      expect(await repo.fsck()).toBe('');
      remote.proxy!.cutAfter(undefined);
      expect((await repo.jci('pull')).exitCode).toBe(0);
      expect(await repo.refs()).toHaveLength(202);
    }),
  );
});
