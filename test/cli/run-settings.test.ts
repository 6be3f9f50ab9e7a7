import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';

const secret = 'hunter2-correct-horse';

/** `main` and `feature`, each with a `.jci/config` of its own; `main` is checked out. */
async function twoBranches(repo: TestRepo, onMain: string, onFeature: string): Promise<void> {
  await repo.commit({ '.jci/config': onMain }, 'main');
  await repo.git('checkout', '--quiet', '-b', 'feature');
  await repo.commit({ '.jci/config': onFeature }, 'feature');
  await repo.git('checkout', '--quiet', 'main');
}

const logs = async (repo: TestRepo, revision: string): Promise<string> => (await repo.jci('logs', revision)).stdout;

describe('the settings of a run of exactly a commit', () => {
  test('are those of the commit, and what the working tree hides stays hidden', () =>
    withRepo(
      async (repo) => {
        await twoBranches(repo, '[jci]\n\tmask = SHARED_CRED\n', '[jci]\n\tmask = DEPLOY_CRED\n');
        const { stdout } = await repo.at('.', { DEPLOY_CRED: secret, SHARED_CRED: 'another-secret' }).jci('run', 'feature');
        expect(stdout).toBe('deploy ***, shared ***\n');
        expect(await logs(repo, 'feature')).not.toContain(secret);
      },
      { script: 'echo "deploy $DEPLOY_CRED, shared $SHARED_CRED"' },
    ));

  test('count for each commit of a range', () =>
    withRepo(
      async (repo) => {
        await twoBranches(repo, '', '[jci]\n\tmask = DEPLOY_CRED\n');
        await repo.at('.', { DEPLOY_CRED: secret }).jci('run', 'main~1..feature');
        expect(await logs(repo, 'main')).toContain(`deploy ${secret}`);
        expect(await logs(repo, 'feature')).toContain('deploy ***');
      },
      { script: 'echo "deploy $DEPLOY_CRED"' },
    ));

  test('leave flags their place, and refuse a value for what they hide', () =>
    withRepo(
      async (repo) => {
        await twoBranches(repo, '', '[jci]\n\ttimeout = 100ms\n\tmask = DEPLOY_CRED\n');
        expect((await repo.jci('run', 'feature')).exitCode).toBe(124);
        expect((await repo.jci('run', 'feature', '--timeout', '1m')).exitCode).toBe(0);
        const { exitCode, stderr } = await repo.jci('run', 'feature', '--env', 'DEPLOY_CRED=visible');
        expect([exitCode, stderr]).toEqual([2, expect.stringContaining('DEPLOY_CRED names a secret')]);
      },
      { script: 'sleep 1' },
    ));

  test('that cannot be used are the trouble of that commit alone, and one warning is enough for all', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ '.jci/config': '[jci]\n\ttimeout = soon\n\tsign = true\n' }, 'bad');
        await repo.commit({ '.jci/config': '[jci]\n\tsign = true\n' }, 'good');
        const { exitCode, stderr } = await repo.jci('run', 'HEAD~2..HEAD', '--keep-going');
        expect(exitCode).toBe(2);
        expect(stderr.match(/'jci\.sign' is ignored/g)).toHaveLength(1);
        expect(stderr).toContain("jci.timeout: 'soon'");
        expect(await repo.refs()).toHaveLength(1);
      },
      { script: 'true' },
    ));
});
