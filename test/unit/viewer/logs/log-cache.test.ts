import { randomBytes } from 'node:crypto';
import { chmodSync, readdirSync, readlinkSync, renameSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { systemContext } from '../../../../src/base/context.ts';
import { openRepository } from '../../../../src/git/repository.ts';
import type { FoundRun } from '../../../../src/store/all-runs.ts';
import { createLogCache, type LogCache } from '../../../../src/viewer/logs/log-cache.ts';
import { whenComplete, type OpenLog } from '../../../../src/viewer/logs/open-log.ts';
import { withRepo, type TestRepo } from '../../../helpers/repo.ts';
import { storeLogs } from '../stored-log.ts';

/** A cache, and a run whose log is in it. */
const withLog = (body: (logs: LogCache, run: FoundRun, repo: TestRepo) => Promise<void>, text: string | Uint8Array = 'one\ntwo'): Promise<void> =>
  withRepo(async (repo) => {
    const [run] = await storeLogs(repo, [text]);
    if (run === undefined) throw new Error('no run was stored');
    const logs = createLogCache(await openRepository({ ...systemContext(), env: repo.env, cwd: repo.path }));
    try {
      await body(logs, { kind: 'stored', run }, repo);
    } finally {
      logs.close();
    }
  });

/** Files of logs that this process has open, though they have no name. */
const openFiles = (repo: TestRepo): string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      // The one that was listed by.
      return [];
    }
  }).filter((path) => path.startsWith(repo.root));

const itself = (log: OpenLog): Promise<OpenLog> => Promise.resolve(log);

test('a log outlives a reader that fails', () =>
  withLog(async (logs, run) => {
    const first = await logs.use(run, itself);
    await expect(logs.use(run, () => Promise.reject(new Error('this takes too long')))).rejects.toThrow('this takes too long');
    expect(await logs.use(run, itself)).toBe(first);
  }));

test('one that could not be opened is tried again', () =>
  withLog(async (logs, run, repo) => {
    const [ref = ''] = await repo.refs();
    const blob = await repo.git('rev-parse', `${ref}:run.output.txt`);
    const path = join(repo.path, '.git', 'objects', blob.slice(0, 2), blob.slice(2));
    renameSync(path, join(repo.root, 'away'));
    await expect(logs.use(run, itself)).rejects.toThrow('has no log');
    renameSync(join(repo.root, 'away'), path);
    expect(await logs.use(run, (log) => whenComplete(log, new AbortController().signal).then(() => log.index.total))).toBe(2);
  }));

test('of one that breaks off when nobody looks any more, nothing stays on the disk', () =>
  withLog(
    async (logs, run, repo) => {
      const [ref = ''] = await repo.refs();
      const blob = await repo.git('rev-parse', `${ref}:run.output.txt`);
      const path = join(repo.path, '.git', 'objects', blob.slice(0, 2), blob.slice(2));
      chmodSync(path, 0o644);
      truncateSync(path, 7_000_000);
      const log = await logs.use(run, itself);
      await whenComplete(log, new AbortController().signal);
      await setImmediate();
      expect([log.failure === undefined, log.index.bytes > 4 * 1024 * 1024]).toEqual([false, true]);
      expect(openFiles(repo)).toEqual([]);
    },
    randomBytes(8_000_000),
  ));
