import { expect, test } from 'vitest';
import { systemContext } from '../../../src/base/context.ts';
import { JciError } from '../../../src/base/errors.ts';
import { chooseRemote } from '../../../src/git/remote.ts';
import type { TransferProgress } from '../../../src/git/remote-transfer.ts';
import { openRepository, type Repository } from '../../../src/git/repository.ts';
import { pullRuns } from '../../../src/sync/pull.ts';
import { findPushable, pushRuns } from '../../../src/sync/push.ts';
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

test('what simple-git would refuse in an environment is refused in words', () =>
  withTwo(async (repo, bare) => {
    await makeFakeRuns(repo, { count: 1 });
    const here = await open(repo.at('.', { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'remote.x.receivepack', GIT_CONFIG_VALUE_0: 'touch pwned' }));
    await expect(pushRuns(here, remoteAt(bare.path), await findPushable(here))).rejects.toThrow(/^git push was not started: Configuring remote\.receivepack is not permitted/);
  }));
