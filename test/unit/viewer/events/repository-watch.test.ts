import { expect, test } from 'vitest';
import { systemContext } from '../../../../src/base/context.ts';
import { openRepository } from '../../../../src/git/repository.ts';
import { createRepositoryWatch } from '../../../../src/viewer/events/repository-watch.ts';
import { watchedFolders } from '../../../../src/viewer/events/watched-folders.ts';
import { makeFakeRuns } from '../../../helpers/fake-runs.ts';
import { withRepo } from '../../../helpers/repo.ts';

test('another run of a commit that has one is seen by a watcher, not only by the slow look', () =>
  withRepo(async (repo) => {
    const [run] = await makeFakeRuns(repo, { count: 1, packed: false });
    if (run === undefined) throw new Error('nothing was stored');
    const opened = await openRepository({ ...systemContext(), env: repo.env, cwd: repo.path });
    let seen: () => void = () => undefined;
    const watch = createRepositoryWatch(opened, () => seen());
    try {
      watch.renew();
      const change = new Promise<void>((resolve) => (seen = resolve));
      await repo.git('update-ref', `refs/jci-runs/${run.commit}/1600000000-abcd`, run.result);
      await change;
    } finally {
      watch.close();
    }
  }));

test('of many commits those that had a run last are watched, and branches all the same', () =>
  withRepo(async (repo) => {
    const runs = await makeFakeRuns(repo, { count: 120, packed: false });
    const opened = await openRepository({ ...systemContext(), env: repo.env, cwd: repo.path });
    const [oldest] = runs.slice(-1);
    await repo.git('update-ref', `refs/jci-runs/${oldest?.commit ?? ''}/1600000000-abcd`, oldest?.result ?? '');
    const paths = watchedFolders(opened).map(({ path }) => path);
    expect(paths.filter((path) => /jci-runs\/[0-9a-f]+$/.test(path))).toHaveLength(100);
    expect(paths).toContain(`${opened.commonDir}/refs/jci-runs/${oldest?.commit ?? ''}`);
    expect(paths).toContain(`${opened.commonDir}/refs/heads`);
  }));
