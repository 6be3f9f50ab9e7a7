import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { RunSearch } from '../../../src/api/search.ts';
import { listen } from '../../../src/viewer/listen.ts';
import { withRepo } from '../../helpers/repo.ts';
import { withViewer } from './open-viewer.ts';
import { storeLogs, valuesOf } from './stored-log.ts';

/** Asks for something, and takes nothing of the answer but its beginning. */
async function askAndRest(port: number, path: string): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port });
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await once(socket, 'readable');
  return socket;
}

test('those who ask for a search and do not read have nobody wait', () =>
  withRepo(async (repo) => {
    const [run] = await storeLogs(repo, [`${'✗'.repeat(990)} needle\n`.repeat(6)]);
    if (run === undefined) throw new Error('nothing was stored');
    // Together more than the kernel takes for whoever does not read.
    const refs = Array.from({ length: 1500 }, (_, n) => `create refs/jci-runs/${run.commit}/${1_600_000_000 + n}-0000 ${run.result}\n`);
    await repo.exec('git', ['update-ref', '--stdin'], refs.join(''));
    const path = '/api/search?q=needle';
    let now = 0;
    await withViewer(
      repo,
      async (viewer) => {
        const server = await listen(viewer, { host: '127.0.0.1', port: 0, orAny: false });
        const sockets = await Promise.all(Array.from({ length: 6 }, () => askAndRest(server.port, path)));
        const found = await valuesOf<RunSearch>(await fetch(`http://127.0.0.1:${server.port}${path}`));
        expect(found.at(-1)).toEqual(expect.objectContaining({ done: true }));
        expect(found.at(-1)).not.toHaveProperty('problem');
        // Who reads on after all is told why there is no more.
        let rest = '';
        for (const socket of sockets) {
          socket.setEncoding('utf8').on('data', (text: string) => (rest = (rest + text).slice(-300)));
          await new Promise<void>((resolve) => {
            socket.on('data', () => rest.includes('"done":true') && resolve());
          });
          if (rest.includes('others were waiting')) break;
          rest = '';
        }
        expect(rest).toContain('others were waiting');
        for (const socket of sockets) socket.destroy();
        await server.close();
      },
      // Every look at the clock is ten seconds later.
      { elapsed: () => (now += 10_000) },
    );
  }));
