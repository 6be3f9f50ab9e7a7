import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { userCacheRoot } from '../../../src/base/user-cache.ts';
import { endHeadBodies } from '../../../src/viewer/http/head.ts';
import { withRepo } from '../../helpers/repo.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { withViewer } from './open-viewer.ts';
import { storeLogs } from './stored-log.ts';

test('HEAD is answered like GET, and ends the body that nobody reads', async () => {
  let ended = 0;
  const app = new Hono().use(endHeadBodies).get('/', (c) =>
    c.body(new ReadableStream({ cancel: () => void (ended += 1) }), 200, { 'Content-Length': '7', 'Content-Type': 'text/plain' }),
  );
  const { status, headers, body } = await app.request('/', { method: 'HEAD' });
  expect([status, headers.get('content-length'), headers.get('content-type'), body, ended]).toEqual([200, '7', 'text/plain', null, 1]);
  await (await app.request('/')).body?.cancel();
  expect(ended).toBe(2);
});

/** Files of logs that are open. */
const heldFiles = (folder: string): number =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
    } catch {
      // The one that the folder was read with.
      return false;
    }
  }).length;

test.runIf(process.platform === 'linux')('HEAD holds no log open', () =>
  withRepo(async (repo) => {
    // Too long for memory.
    const runs = await storeLogs(repo, Array.from({ length: 3 }, (_, at) => `${'x'.repeat(99)}\n`.repeat(45_000) + String(at)));
    const folder = join(userCacheRoot(repo.env), 'logs');
    await withViewer(repo, async (viewer) => {
      for (const { log } of runs) {
        for (const path of ['events', 'search?q=x']) expect((await viewer.head(`${log}/${path}`)).status).toBe(200);
        await viewer.json(`${log}/lines?from=45001`);
      }
      expect(heldFiles(folder)).toBe(3);
      viewer.close();
      await waitFor(() => heldFiles(folder) === 0, { what: 'the files of logs to be closed' });
    });
  }));
