import { readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { logApi } from '../../../src/api/paths.ts';
import { check } from '../../../src/api/check.ts';
import type { LogGrown, LogLines } from '../../../src/api/log.ts';
import { commitDetail, type CommitDetail } from '../../../src/api/run-detail.ts';
import { userCacheRoot } from '../../../src/base/user-cache.ts';
import { keyOf, parseRunRef } from '../../../src/model/run-ref.ts';
import { listActiveRuns } from '../../../src/store/active-run.ts';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { withViewer, type OpenViewer } from './open-viewer.ts';
import { storeLogs } from './stored-log.ts';

const lines = async (viewer: OpenViewer, log: string, range: string): Promise<LogLines> => (await viewer.json(`${log}/lines?${range}`)) as LogLines;
const textsOf = ({ lines: read }: LogLines): string[] => read.map(({ text }) => text);

/** The `grown` events of an answer, as they come. */
async function* eventsOf(response: Response): AsyncGenerator<LogGrown> {
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  let rest = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const parts = (rest + chunk).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part.includes('event: grown')) yield JSON.parse(/data: (.*)/.exec(part)?.[1] ?? '') as LogGrown;
  }
}

test('the lines of a stored log, by their numbers', () =>
  withRepo(async (repo) => {
    const [run] = await storeLogs(repo, [Array.from({ length: 3000 }, (_, at) => `line ${at + 1}`).join('\n')]);
    const log = run?.log ?? '';
    await withViewer(repo, async (viewer) => {
      const first = await lines(viewer, log, 'from=1&count=2');
      expect([textsOf(first), first.from, first.state]).toEqual([['line 1', 'line 2'], 1, '']);
      const all = await lines(viewer, log, 'from=900');
      expect([all.lines.length, all.lines.at(-1)?.text, all.total]).toEqual([2000, 'line 2899', 3000]);
      const last = await lines(viewer, log, 'from=2999&count=2000');
      expect([textsOf(last), last.total, last.complete]).toEqual([['line 2999', 'line 3000'], 3000, true]);
      expect(textsOf(await lines(viewer, log, 'from=3001&count=1'))).toEqual([]);
      expect(textsOf(await lines(viewer, log, `from=${Number.MAX_SAFE_INTEGER}`))).toEqual([]);
      expect(textsOf(await lines(viewer, log, 'from=1&count=0'))).toEqual([]);
      for (const bad of ['from=0', 'from=-1', 'from=x', 'from=1.5', 'count=2001', 'from=']) expect([bad, (await viewer.get(`${log}/lines?${bad}`)).status]).toEqual([bad, 400]);
    });
  }));

test('the next line that tells of an error, and the one before', () =>
  withRepo(async (repo) => {
    const [run] = await storeLogs(repo, [`a\nfatal: one\n${'b\n'.repeat(2000)}\x1b[31ma.c:1:2: error:\x1b[0m two\nc\n`]);
    await withViewer(repo, async (viewer) => {
      const next = async (query: string): Promise<unknown> => ((await viewer.json(`${run?.log ?? ''}/next-error?${query}`)) as { line: unknown }).line;
      expect(await next('')).toBe(2);
      expect(await next('from=2')).toBe(2003);
      expect(await next('from=2003')).toBe(null);
      expect(await next('from=2003&back=1')).toBe(2);
      expect(await next('from=999999&back=1')).toBe(2003);
      expect(await next('from=2&back=1')).toBe(null);
      expect(await next('from=0&back=1')).toBe(null);
    });
  }));

test('a run that is not there, and one without a log, have nothing', () =>
  withRepo(async (repo) => {
    const [run] = await storeLogs(repo, ['a']);
    const tree = await repo.git('mktree');
    const { stdout } = await repo.exec('git', ['commit-tree', tree], 'empty');
    await repo.git('update-ref', run?.ref ?? '', stdout.trim());
    await withViewer(repo, async (viewer) => {
      const gone = logApi({ commit: '0'.repeat(40), runId: '1-abcd' });
      for (const log of [gone, '/api/log/x/..%2f', run?.log ?? '']) {
        for (const route of ['lines', 'next-error', 'events', 'search?q=a']) expect([log, route, (await viewer.get(`${log}/${route}`)).status]).toEqual([log, route, 404]);
      }
    });
  }));

test('a log grows while its run goes on, and is another one when that is stored', () =>
  withRepo(
    async (repo) => {
      const jci = repo.startJci('run', '-q');
      const active = await waitFor(() => listActiveRuns(join(repo.path, '.git')).find(({ phase }) => phase === 'running'));
      const log = logApi(active);
      await withViewer(repo, async (viewer) => {
        const events = eventsOf(await viewer.get(`${log}/events`));
        const until = async (fits: (event: LogGrown) => boolean): Promise<LogGrown | undefined> => {
          for (let next = await events.next(); next.done !== true; next = await events.next()) if (fits(next.value)) return next.value;
          return undefined;
        };
        let first = await lines(viewer, log, 'from=1');
        while (!textsOf(first).includes('first')) {
          await until(({ total }) => total > first.total);
          first = await lines(viewer, log, 'from=1');
        }
        expect(first.complete).toBe(false);
        expect(await (await viewer.get(`${log}/search?q=first`)).text()).toContain('"done":true');
        writeFileSync(join(repo.env['HOME'] ?? '', 'go'), '');
        expect(await until(({ complete, stored }) => complete && stored)).toEqual(expect.objectContaining({ complete: true, stored: true }));
        expect((await events.next()).done).toBe(true);
        expect((await jci.exit()).exitCode).toBe(0);
        const [ref = ''] = await repo.refs();
        expect(logApi(parseRunRef(ref) ?? { commit: '', runId: '' })).toBe(log);
        const last = await lines(viewer, log, 'from=1');
        expect(last.complete).toBe(true);
        expect(textsOf(last)).toEqual(expect.arrayContaining(['first', 'second']));
        expect((await eventsOf(await viewer.get(`${log}/events`)).next()).value).toEqual(expect.objectContaining({ stored: true }));
      });
    },
    { script: 'echo first\nuntil [ -e "$HOME/go" ]; do sleep 0.05; done\necho second\n' },
  ));

test('whoever follows a log hears of a line that grows before it ends', () =>
  withRepo(
    async (repo) => {
      const jci = repo.startJci('run', '-q');
      const active = await waitFor(() => listActiveRuns(join(repo.path, '.git')).find(({ phase }) => phase === 'running'));
      await withViewer(repo, async (viewer) => {
        const events = eventsOf(await viewer.get(`${logApi(active)}/events`));
        for (const done of ['10 %', '20 %']) {
          writeFileSync(join(repo.env['HOME'] ?? '', done), '');
          const last = async (): Promise<string | undefined> => (await lines(viewer, logApi(active), 'from=1')).lines.at(-1)?.text;
          while ((await last()) !== done) expect((await events.next()).done).not.toBe(true);
        }
        writeFileSync(join(repo.env['HOME'] ?? '', 'end'), '');
        expect((await jci.exit()).exitCode).toBe(0);
      });
    },
    { script: 'for done in "10 %" "20 %" end; do until [ -e "$HOME/$done" ]; do sleep 0.02; done; printf "\\r%s" "$done"; done\n' },
  ));

test('what a run under way points out is told with it, and that there is more of it', () =>
  withRepo(
    async (repo) => {
      const jci = repo.startJci('run', '-q');
      const active = await waitFor(() => listActiveRuns(join(repo.path, '.git')).find(({ phase }) => phase === 'running'));
      await withViewer(repo, async (viewer) => {
        const run = async (): Promise<CommitDetail['run']> => check(commitDetail, (await viewer.json(`/api/commit/${keyOf(active)}`)) as CommitDetail).run;
        const events = eventsOf(await viewer.get(`${logApi(active)}/events`));
        /** The first of the texts that change with it after which it is told. */
        const stateWith = async (count: number): Promise<string> => {
          for (let news = await events.next(); news.done !== true; news = await events.next()) {
            if ((await run())?.annotations.length === count) return news.value.steps;
          }
          return 'it ended';
        };
        const states: string[] = [];
        for (const [at, message] of ['one', 'two'].entries()) {
          writeFileSync(join(repo.env['HOME'] ?? '', message), '');
          states.push(await stateWith(at + 1));
        }
        expect(new Set(states).size).toBe(2);
        const pointedOut = ['one', 'two'].map((message, at) => ({ level: 'error', message, file: 'a.c', line: 3, logLine: at + 4 }));
        expect(await run()).toMatchObject({ record: null, annotations: pointedOut, annotationsOmitted: 0 });
        writeFileSync(join(repo.env['HOME'] ?? '', 'end'), '');
        expect((await jci.exit()).exitCode).toBe(0);
        expect(await run()).toMatchObject({ annotations: [], record: { annotations: [...pointedOut, { message: 'end' }] } });
      });
    },
    { script: 'for said in one two end; do until [ -e "$HOME/$said" ]; do sleep 0.02; done; echo "::error file=a.c,line=3::$said"; done\n' },
  ));

test('whoever follows a log is not told why it cannot go on', () =>
  withRepo(
    async (repo) => {
      const jci = repo.startJci('run', '-q');
      const active = await waitFor(() => listActiveRuns(join(repo.path, '.git')).find(({ phase }) => phase === 'running'));
      const go = (name: string): void => writeFileSync(join(repo.env['HOME'] ?? '', name), '');
      const config = repo.read('.git/config');
      let told = '';
      const failing = withViewer(repo, async (viewer) => {
        const { body } = await viewer.get(`${logApi(active)}/events`);
        for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
          if (told === '') {
            repo.write('.git/config', '[[[');
            repo.write('.git/refs/heads/other', `${active.commit}\n`);
            go('first');
          }
          told += chunk;
        }
      });
      await expect(failing).rejects.toContain('bad config');
      repo.write('.git/config', config);
      go('last');
      expect((await jci.exit()).exitCode).toBe(0);
      expect(told).toContain('event: grown');
      expect(told).not.toContain('bad config');
    },
    { script: 'for name in first last; do until [ -e "$HOME/$name" ]; do sleep 0.02; done; echo "$name"; done\n' },
  ));

test('whoever follows a log that grows often leaves nobody waiting', () =>
  withRepo(
    async (repo) => {
      const home = repo.env['HOME'] ?? '';
      const warnings: string[] = [];
      const onWarning = ({ message }: Error): void => void warnings.push(message);
      process.on('warning', onWarning);
      const jci = repo.startJci('run', '-q');
      const active = await waitFor(() => listActiveRuns(join(repo.path, '.git')).find(({ phase }) => phase === 'running'));
      await withViewer(repo, async (viewer) => {
        const events = eventsOf(await viewer.get(`${logApi(active)}/events`));
        const nextTotal = async (): Promise<number> => {
          const next = await events.next();
          return next.done === true ? Infinity : next.value.total;
        };
        let known = await nextTotal();
        // One more than the listeners that Node takes for a leak.
        for (let turn = 1; turn <= 11; turn++) {
          writeFileSync(join(home, String(turn)), '');
          for (const before = known; known <= before; ) known = await nextTotal();
        }
        writeFileSync(join(home, '12'), '');
        expect((await jci.exit()).exitCode).toBe(0);
      });
      process.off('warning', onWarning);
      expect(warnings).toEqual([]);
    },
    { script: 'for i in {1..12}; do until [ -e "$HOME/$i" ]; do sleep 0.02; done; echo "line $i"; done\n' },
  ));

/** Files that we hold in the cache of logs. */
function heldFiles(folder: string): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      // The one that the folder was read with.
      return [];
    }
  });
}

test.runIf(process.platform === 'linux')('large logs leave no files, and not more than a few are held', () =>
  withRepo(async (repo: TestRepo) => {
    const runs = await storeLogs(repo, Array.from({ length: 20 }, (_, at) => `${'x'.repeat(99)}\n`.repeat(45_000) + String(at)));
    const folder = join(userCacheRoot(repo.env), 'logs');
    await withViewer(repo, async (viewer) => {
      for (const [at, run] of runs.entries()) {
        expect(textsOf(await lines(viewer, run.log, 'from=45001'))).toEqual([String(at)]);
        expect(readdirSync(folder)).toEqual([]);
      }
      await waitFor(() => heldFiles(folder).length === 16, { what: 'the oldest logs to be given back' });
      expect(textsOf(await lines(viewer, runs[0]?.log ?? '', 'from=45001'))).toEqual(['0']);
      await waitFor(() => heldFiles(folder).length === 16, { what: 'another log to be given back' });
    });
    await waitFor(() => heldFiles(folder).length === 0, { what: 'all logs to be given back' });
  }));
