import { existsSync, renameSync } from 'node:fs';
import { expect, test } from 'vitest';
import { check } from '../../../../src/api/check.ts';
import { changeEvent, stateEvent, type ChangeEvent } from '../../../../src/api/events.ts';
import { makeFakeRuns } from '../../../helpers/fake-runs.ts';
import { withRepo } from '../../../helpers/repo.ts';
import { waitFor } from '../../../helpers/wait-for.ts';
import { withViewer } from '../open-viewer.ts';
import { readEvents, type ReadEvent } from './event-reader.ts';

const changeOf = ({ data }: ReadEvent): ChangeEvent => check(changeEvent, data);

test('a run of a terminal is told as it begins, goes on and is stored', () =>
  withRepo(
    async (repo) => {
      await withViewer(repo, async (viewer) => {
        const events = readEvents(await viewer.get('/api/events'));
        const first = await events.next();
        expect(first?.event).toBe('state');
        const commit = await repo.git('rev-parse', 'HEAD');
        expect(check(stateEvent, first?.data)).toMatchObject({ head: { branch: 'main', commit }, live: [] });
        const run = repo.startJci('run');
        const begun = await events.until((event) => changeOf(event).live?.[0]?.live === 'running');
        const runId = changeOf(begun).live?.[0]?.runId;
        repo.write('go', '');
        const stored = await events.until((event) => changeOf(event).stored !== undefined);
        expect(changeOf(stored).stored).toMatchObject([{ runId, commit, status: 'success', live: null }]);
        await run.exit();
        await events.leave();
      });
    },
    { script: 'until [ -e "$JCI_REPO_ROOT/go" ]; do sleep 0.02; done' },
  ));

test('whoever comes back with the last id gets what was missed, others the state', () =>
  withRepo(
    async (repo) => {
      await withViewer(repo, async (viewer) => {
        const events = readEvents(await viewer.get('/api/events'));
        const first = await events.next();
        await repo.git('branch', 'one');
        const one = await events.next();
        await events.leave();
        // Nobody looks now.
        const commit = await repo.commit({ file: 'text' });
        const again = readEvents(await viewer.get('/api/events', { 'Last-Event-ID': first?.id ?? '' }));
        expect(await again.next()).toEqual(one);
        expect(changeOf(await again.until(() => true)).head).toEqual({ branch: 'main', commit });
        await again.leave();
        for (const id of ['other-1', `${first?.id ?? ''}99`, 'deadbeef-0', '']) {
          const anew = readEvents(await viewer.get('/api/events', { 'Last-Event-ID': id }));
          expect((await anew.next())?.event).toBe('state');
          await anew.leave();
        }
      });
    },
    { script: 'exit 0' },
  ));

test('many clients are told the same; more than a hundred new runs are not told one by one', () =>
  withRepo(async (repo) => {
    await repo.commit({ file: 'text' });
    await withViewer(repo, async (viewer) => {
      const clients = await Promise.all(Array.from({ length: 20 }, async () => readEvents(await viewer.get('/api/events'))));
      await Promise.all(clients.map((client) => client.next()));
      await makeFakeRuns(repo, { count: 3, commits: 'gone', newest: 1_700_000_000 });
      const told = await Promise.all(clients.map((client) => client.until((event) => changeOf(event).stored?.length === 3)));
      expect(new Set(told.map(({ id }) => id)).size).toBe(1);
      await makeFakeRuns(repo, { count: 101, commits: 'gone' });
      const many = await clients[0]?.until((event) => changeOf(event).refs !== undefined);
      expect(many && changeOf(many).stored).toBeUndefined();
      await Promise.all(clients.map((client) => client.leave()));
    });
  }));

test('folders that come later and branches in folders are seen, and what is gone comes back', () =>
  withRepo(async (repo) => {
    await repo.commit({ file: 'text' });
    await withViewer(repo, async (viewer) => {
      const events = readEvents(await viewer.get('/api/events'));
      await events.next();
      await repo.git('branch', 'deep/er/branch');
      await events.until((event) => changeOf(event).refs !== undefined);
      await repo.git('branch', 'deep/er/second');
      await events.until((event) => changeOf(event).refs !== undefined);
      renameSync(repo.path, `${repo.path}.away`);
      expect(existsSync(repo.path)).toBe(false);
      renameSync(`${repo.path}.away`, repo.path);
      const commit = await repo.commit({ file: 'other' });
      await events.until((event) => changeOf(event).head?.commit === commit);
      await events.leave();
    });
  }));

test('the stream ends when the viewer is closed', () =>
  withRepo(async (repo) => {
    await repo.commit({ file: 'text' });
    await withViewer(repo, async (viewer) => {
      const response = await viewer.get('/api/events');
      expect(response.headers.get('content-type')).toMatch('text/event-stream');
      const events = readEvents(response);
      await events.next();
      viewer.close();
      expect(await events.next()).toBeUndefined();
    });
  }));

test('HEAD leaves nobody who listens', () =>
  withRepo(async (repo) => {
    await repo.commit({ file: 'text' });
    const watchers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'FSEventWrap').length;
    await withViewer(repo, async (viewer) => {
      const before = watchers();
      const { status, headers } = await viewer.head('/api/events');
      expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
      const events = readEvents(await viewer.get('/api/events'));
      await events.next();
      expect(watchers()).toBeGreaterThan(before);
      await events.leave();
      await waitFor(() => watchers() === before, { what: 'the end of all watchers' });
    });
  }));
