import { expect, test } from 'vitest';
import { withRepo, type RepoOptions, type TestRepo } from '../helpers/repo.ts';

/** What git knows of a repository, and what it would have to look at again: `diff-files` does not read what the index knows. */
async function stateOf(repo: TestRepo): Promise<unknown> {
  const stale = await repo.git('diff-files');
  const [status, fsck] = [await repo.git('status', '--porcelain=v2', '--branch'), await repo.fsck()];
  const config = await repo.git('config', '--local', '--list');
  return { stale, status, fsck, config, listing: await repo.git('ls-files', '--stage'), script: repo.read('.jci/run.sh') };
}

test.each<[string, RepoOptions]>([
  ['sha1', { script: 'echo first' }],
  ['sha256', { script: 'echo first', objectFormat: 'sha256' }],
])('the second repository of a kind is as git made the first (%s)', async (_, options) => {
  const states: unknown[] = [];
  const look = async (repo: TestRepo): Promise<void> => void states.push(await stateOf(repo));
  await withRepo(look, options);
  await withRepo(look, options);
  expect(states[1]).toEqual(states[0]);
  expect(states[1]).toMatchObject({ stale: '', fsck: '' });
});

test('what a test does to its repository is not seen by the next', async () => {
  await withRepo(async (repo) => {
    await repo.commit({ 'a.txt': 'a' });
  }, { script: 'echo own' });
  await withRepo(async (repo) => {
    expect(await repo.git('ls-files')).toBe('.jci/run.sh');
    expect(await repo.git('rev-list', '--count', 'HEAD')).toBe('1');
  }, { script: 'echo own' });
});
