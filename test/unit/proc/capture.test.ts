import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { capture } from '../../../src/proc/capture.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const inTemp = { cwd: tmpdir(), env: { PATH: process.env['PATH'] } };
const sh = (script: string, options: Omit<Parameters<typeof capture>[2], 'cwd' | 'env'> = {}): ReturnType<typeof capture> =>
  capture('sh', ['-c', script], { ...inTemp, ...options });

describe('what a child says', () => {
  test('comes with its exit code', async () => {
    expect(await sh('echo out; echo err >&2; exit 7')).toEqual({ exitCode: 7, signal: null, stdout: Buffer.from('out\n'), stderr: 'err\n' });
  });

  test('or with the signal that ended it', async () => {
    expect(await sh('kill -KILL $$')).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
  });

  test('a program that is missing is an error of the system', async () => {
    await expect(capture('/no/such/program', [], inTemp)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('a slow reader holds the child back, and gets everything', async () => {
    let bytes = 0;
    const { exitCode } = await sh('head -c 1000000 /dev/zero', {
      async onStdout(chunk) {
        await new Promise(setImmediate);
        bytes += chunk.length;
      },
    });
    expect({ exitCode, bytes }).toEqual({ exitCode: 0, bytes: 1_000_000 });
  });

  test('an abort ends it', async () => {
    const stop = new AbortController();
    const result = await sh('echo up; exec sleep 100', { signal: stop.signal, onStdout: () => stop.abort() });
    expect(result).toMatchObject({ exitCode: null, signal: 'SIGTERM' });
  });
});

describe('what a child is told', () => {
  test.each([['text', 'wörds'], ['bytes', Buffer.from('wörds')]])('%s', async (_kind, input) => {
    expect((await sh('cat', { input })).stdout.toString()).toBe('wörds');
  });

  test('more than a pipe holds, in pieces', async () => {
    const { stdout } = await sh('cat | wc -c', {
      async input(write) {
        for (let n = 0; n < 40; n += 1) await write(Buffer.alloc(10_000));
      },
    });
    expect(stdout.toString().trim()).toBe('400000');
  });

  test('an error of the writer is told to the caller', async () => {
    const broken = new Error('the disk is gone');
    await expect(sh('cat', { input: () => Promise.reject(broken) })).rejects.toBe(broken);
  });

  test('a child that exits while a write waits for room ends the writing', async () => {
    const result = await sh('exit 3', {
      async input(write) {
        for (;;) await write(Buffer.alloc(1_000_000));
      },
    });
    expect(result).toMatchObject({ exitCode: 3 });
  });

  test('a child that exited between two writes ends the writing', async () => {
    let pid = 0;
    const result = await sh('echo $$', {
      onStdout(chunk) {
        pid = Number(chunk);
      },
      async input(write) {
        await waitFor(() => pid !== 0 && !isAlive(pid), { what: 'the exit of the child' });
        for (;;) await write(Buffer.alloc(1_000_000));
      },
    });
    expect(result).toMatchObject({ exitCode: 0 });
  });

  test('a writer that waits for an answer hears of the exit', async () => {
    const result = await sh('exit 4', { input: (_write, ended) => ended.then(() => undefined) });
    expect(result).toMatchObject({ exitCode: 4 });
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // ESRCH: it is over, and Node has been told.
    return false;
  }
}
