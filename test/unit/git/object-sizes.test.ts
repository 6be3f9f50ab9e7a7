import { expect, test } from 'vitest';
import { systemContext } from '../../../src/base/context.ts';
import { gitPlace } from '../../../src/git/exec.ts';
import { measureCommits } from '../../../src/git/object-sizes.ts';
import { makeFakeRuns } from '../../helpers/fake-runs.ts';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';

const sizeOf = async (repo: TestRepo, ...names: string[]): Promise<number> => {
  const { stdout } = await repo.exec('git', ['cat-file', '--batch-check=%(objectsize:disk)'], names.map((name) => `${name}\n`).join(''));
  return stdout.split('\n').reduce((sum, line) => sum + Number(line), 0);
};

test('charges each commit for what those before it do not have', () =>
  withRepo(async (repo) => {
    const [first, second] = await makeFakeRuns(repo, { count: 2, commits: 'gone', failEvery: 0 });
    const place = gitPlace({ ...systemContext(), env: repo.env }, repo.path);
    const sizes = await measureCommits(place, [first!.result, second!.result]);
    const own = ['', '^{tree}', ':run.output.txt', ':jci.json'];
    const shared = [':status.txt', ':index.html'];
    expect(sizes.get(first!.result)).toBe(await sizeOf(repo, ...[...own, ...shared].map((name) => first!.result + name)));
    expect(sizes.get(second!.result)).toBe(await sizeOf(repo, ...own.map((name) => second!.result + name)));
    expect(await measureCommits(place, [second!.result, first!.result])).toEqual(
      new Map([
        [second!.result, await sizeOf(repo, ...[...own, ...shared].map((name) => second!.result + name))],
        [first!.result, await sizeOf(repo, ...own.map((name) => first!.result + name))],
      ]),
    );
  }));

test('passes over what is missing', () =>
  withRepo(async (repo) => {
    const [run] = await makeFakeRuns(repo, { count: 1, commits: 'gone' });
    const place = gitPlace({ ...systemContext(), env: repo.env }, repo.path);
    const sizes = await measureCommits(place, ['1'.repeat(40), run!.result]);
    expect([...sizes.keys()]).toEqual([run!.result]);
    expect(await measureCommits(place, [])).toEqual(new Map());
  }));
