import { describe, expect, test } from 'vitest';
import { systemContext } from '../../../src/base/context.ts';
import { JciError } from '../../../src/base/errors.ts';
import { fetchObjects, type FetchResult } from '../../../src/git/remote-fetch.ts';
import { chooseRemote } from '../../../src/git/remote.ts';
import type { TransferProgress } from '../../../src/git/remote-transfer.ts';
import { openRepository, type Repository } from '../../../src/git/repository.ts';
import { pullRuns } from '../../../src/sync/pull.ts';
import { findPushable, pushRuns } from '../../../src/sync/push.ts';
import type { PushReport } from '../../../src/sync/report.ts';
import { makeFakeRuns } from '../../helpers/fake-runs.ts';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';

const open = (repo: TestRepo): Promise<Repository> => openRepository({ ...systemContext(), env: repo.env, cwd: repo.path });
const remoteAt = (path: string): ReturnType<typeof chooseRemote> => chooseRemote(new Map(), { argument: path, setting: undefined, branch: undefined });

async function withTwo(body: (repo: TestRepo, bare: TestRepo) => Promise<void>): Promise<void> {
  await withRepo(async (repo) => {
    await repo.git('init', '--quiet', '--bare', '../remote.git');
    await body(repo, repo.at('../remote.git'));
  });
}

test('progress is told, in both directions', () =>
  withTwo(async (repo, bare) => {
    await makeFakeRuns(repo, { count: 50 });
    const seen: TransferProgress[] = [];
    const here = await open(repo);
    await pushRuns(here, remoteAt(bare.path), await findPushable(here), { onProgress: (progress) => seen.push(progress) });
    // Which stages are seen is a matter of how git's writes fall together: the last of several in one is not read.
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every(({ done, total }) => total > 0 && done <= total)).toBe(true);
    const stored: number[] = [];
    seen.length = 0;
    await repo.git('init', '--quiet', '../other');
    await pullRuns(await open(repo.at('../other')), remoteAt(bare.path), {
      onProgress: (progress) => seen.push(progress),
      onStored: (done, total) => stored.push(done, total),
    });
    expect(seen.length).toBeGreaterThan(0);
    expect(stored).toEqual([50, 50]);
  }));

test('an aborted transfer throws the reason, and leaves nothing behind', () =>
  withTwo(async (repo, bare) => {
    await makeFakeRuns(bare, { count: 3, commits: 'gone' });
    const reason = new JciError(130, 'cancelled');
    const here = await open(repo);
    await expect(pullRuns(here, remoteAt(bare.path), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const onProgress = (): void => controller.abort(reason);
    await expect(pullRuns(here, remoteAt(bare.path), { signal: controller.signal, onProgress })).rejects.toBe(reason);
    expect(await repo.git('for-each-ref')).toBe('');
  }));

/** A transfer that somebody watches goes through simple-git, one that nobody does goes past it: they must come to the same. */
describe.each([
  ['watched', (): void => undefined],
  ['unwatched', undefined],
])('a %s transfer', (_, onProgress) => {
  const options = onProgress === undefined ? {} : { onProgress };

  test('moves runs there and back, and finds nothing to do the second time', () =>
    withTwo(async (repo, bare) => {
      const refs = (await makeFakeRuns(repo, { count: 40, perCommit: 3 })).map(({ ref }) => ref).sort();
      const here = await open(repo);
      const push = async (): Promise<PushReport> => pushRuns(here, remoteAt(bare.path), await findPushable(here), options);
      expect((await push()).pushed.sort()).toEqual(refs);
      expect(await push()).toMatchObject({ pushed: [], present: 40 });
      await repo.git('init', '--quiet', '../other');
      const other = await open(repo.at('../other'));
      expect((await pullRuns(other, remoteAt(bare.path), options)).pulled.sort()).toEqual(refs);
      expect(await pullRuns(other, remoteAt(bare.path), options)).toMatchObject({ pulled: [], present: 40 });
    }));

  test('tells what hooks say and refuse', () =>
    withTwo(async (repo, bare) => {
      const [run] = await makeFakeRuns(repo, { count: 1 });
      bare.write('hooks/update', '#!/bin/sh\necho "not $1"\nexit 1\n', { executable: true });
      const here = await open(repo);
      const report = await pushRuns(here, remoteAt(bare.path), await findPushable(here), options);
      expect(report).toMatchObject({ pushed: [], refused: [{ ref: run?.ref, reason: 'hook declined' }] });
      expect(report.messages).toContain(`not ${run?.ref}`);
    }));

  test('of what is not there any more says so, whatever the protocol', () =>
    withTwo(async (repo, bare) => {
      const [run] = await makeFakeRuns(bare, { count: 1, commits: 'gone' });
      for (const version of ['0', '1', '2']) {
        await repo.git('config', 'protocol.version', version);
        const here = await open(repo);
        const fetch = (id: string): Promise<FetchResult> => fetchObjects(here, remoteAt(bare.path), [id], { common: [], again: 'again', ...options });
        expect(await fetch('1'.repeat(40))).toBe('gone');
        expect(await fetch(run?.result ?? '')).toBe('fetched');
        expect(await repo.git('cat-file', '-t', run?.result ?? '')).toBe('commit');
        expect(await repo.git('for-each-ref')).toBe('');
      }
    }));

  test('does not wait for what holds on to its stderr, as the ssh that ControlPersist leaves does', () =>
    withTwo(async (repo, bare) => {
      const [run] = await makeFakeRuns(repo, { count: 1 });
      repo.write('receive', '#!/bin/sh\nsleep 300 </dev/null >/dev/null &\necho $! >"${0%/*}/sleeper"\nexec git-receive-pack "$@"\n', { executable: true });
      await repo.git('remote', 'add', 'origin', bare.path);
      await repo.git('config', 'remote.origin.receivepack', `${repo.path}/receive`);
      const here = await open(repo);
      try {
        expect((await pushRuns(here, remoteAt('origin'), await findPushable(here), options)).pushed).toEqual([run?.ref]);
      } finally {
        process.kill(Number(repo.read('sleeper')));
      }
    }));
});

test('what simple-git would refuse in an environment is refused in words', () =>
  withTwo(async (repo, bare) => {
    await makeFakeRuns(repo, { count: 1 });
    const here = await open(repo.at('.', { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'remote.x.receivepack', GIT_CONFIG_VALUE_0: 'touch pwned' }));
    const watched = { onProgress: (): void => undefined };
    await expect(pushRuns(here, remoteAt(bare.path), await findPushable(here), watched)).rejects.toThrow(/^git push was not started: Configuring remote\.receivepack is not permitted/);
  }));
