import { expect, test } from 'vitest';
import { systemContext } from '../../../../src/base/context.ts';
import { openRepository } from '../../../../src/git/repository.ts';
import { createHistories, type Histories } from '../../../../src/viewer/results/history.ts';
import { withRepo } from '../../../helpers/repo.ts';

const withHistories = (body: (histories: Histories, commits: string[]) => Promise<void>): Promise<void> =>
  withRepo(async (repo) => {
    // More than a pipe takes: git is still at work when it is ended.
    const commit = (n: number): string => `commit refs/heads/main\ncommitter a <a> ${1_700_000_000 + n} +0000\ndata 0\n`;
    await repo.exec('git', ['fast-import', '--quiet'], Array.from({ length: 5000 }, (_, n) => commit(n)).join(''));
    const commits = (await repo.git('rev-list', 'main')).split('\n');
    expect(commits).toHaveLength(5000);
    const histories = createHistories(await openRepository({ ...systemContext(), env: repo.env, cwd: repo.path }));
    try {
      await body(histories, commits);
    } finally {
      histories.close();
    }
  });

const listening = new AbortController().signal;

test('more histories at once than are kept are whole, each of them, and one that was let go of begins anew', () =>
  withHistories(async (histories, commits) => {
    const keys = Array.from({ length: 12 }, (_, n) => [`--max-count=${n + 9000}`, 'main', '--']);
    const ask = (): Promise<unknown[]> => Promise.all(keys.map((args) => histories.slice(args, 0, 9999, listening)));
    const whole = keys.map(() => ({ ids: commits, hasMore: false }));
    expect(await ask()).toEqual(whole);
    expect(await ask()).toEqual(whole);
    expect(await histories.slice(['main', '--'], 0, 1, listening)).toEqual({ ids: commits.slice(0, 1), hasMore: true });
  }));

test('what is closed while somebody waits for it is no whole history, and the next one who asks gets it', () =>
  withHistories(async (histories, commits) => {
    const waiting = Array.from({ length: 12 }, (_, n) => histories.slice([`--max-count=${n + 9000}`, 'main', '--'], 0, 9999, listening));
    histories.close();
    expect((await Promise.allSettled(waiting)).map(({ status }) => status)).toEqual(waiting.map(() => 'rejected'));
    expect(await histories.slice(['--max-count=9000', 'main', '--'], 0, 9999, listening)).toEqual({ ids: commits, hasMore: false });
  }));

test('who leaves makes room', () =>
  withHistories(async (histories, commits) => {
    const gone = new AbortController();
    const left = Array.from({ length: 12 }, (_, n) => histories.slice([`--max-count=${n + 9000}`, 'main', '--'], 0, 9999, gone.signal));
    gone.abort();
    const ends = await Promise.allSettled(left);
    expect(ends.map(({ status }) => status)).toEqual(left.map(() => 'rejected'));
    expect(await histories.slice(['main', '--'], 0, 9999, listening)).toEqual({ ids: commits, hasMore: false });
  }));
