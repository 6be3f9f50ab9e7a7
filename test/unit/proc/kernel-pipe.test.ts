import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openKernelPipe, type KernelPipe } from '../../../src/proc/kernel-pipe.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const env = { PATH: process.env['PATH'] };

interface Opened {
  folder: string;
  pipe: KernelPipe;
  child: ChildProcess;
}

/** Runs a script with stdout and stderr on one pipe, and removes everything afterwards. */
async function withPipe(script: string, body: (opened: Opened) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kernel-pipe-'));
  const pipe = await openKernelPipe(join(folder, 'pipe'), env);
  const child = spawn('bash', ['-c', script], { stdio: ['ignore', pipe.writeFd, pipe.writeFd], env: { ...env, DONE: join(folder, 'done') }, detached: true });
  pipe.closeWriter();
  try {
    await body({ folder, pipe, child });
  } finally {
    if (child.pid !== undefined) endGroup(child.pid);
    rmSync(folder, { recursive: true, force: true });
  }
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Keeps every chunk as it came: one that is overwritten later would show. */
async function collect(pipe: KernelPipe): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of pipe.chunks()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const numbered = (count: number): string => Array.from({ length: count }, (_, at) => `line ${at}\n`).join('');

test('a pipe whose folder is gone is done with, without an error', () =>
  withPipe('echo over', async ({ folder, pipe }) => {
    expect((await collect(pipe)).toString()).toBe('over\n');
    rmSync(folder, { recursive: true });
    expect(() => {
      pipe.dispose();
    }).not.toThrow();
  }));

describe('a pipe gives what was written', () => {
  test('line by line, in order and to the last byte', () =>
    withPipe('for ((i = 0; i < 30000; i++)); do echo "line $i"; done', async ({ pipe }) => {
      expect((await collect(pipe)).toString()).toBe(numbered(30_000));
    }));

  test('stdout and stderr in the order of their writes', () =>
    withPipe('for ((i = 0; i < 5000; i += 2)); do echo "line $i"; echo "line $((i + 1))" >&2; done', async ({ pipe }) => {
      expect((await collect(pipe)).toString()).toBe(numbered(5000));
    }));

  test('by turns slowly, fast, and not at all', () =>
    withPipe(
      `n=0; lines() { for ((i = 0; i < $1; i++)); do echo "line $n"; n=$((n + 1)); done; }
       for ((round = 0; round < 20; round++)); do lines 1; sleep 0.00$((round % 8)); lines 700; seq -f 'line %.0f' $n $((n + 9998)); n=$((n + 9999)); done`,
      async ({ pipe }) => {
        expect((await collect(pipe)).toString()).toBe(numbered(20 * 10_700));
      },
    ));

  test('as one line of 10 MB', () =>
    withPipe('head -c 10000000 /dev/zero | tr "\\0" x; echo; echo end', async ({ pipe }) => {
      const bytes = await collect(pipe);
      expect(bytes.subarray(10_000_000).toString()).toBe('\nend\n');
      expect(bytes.subarray(0, 10_000_000).equals(Buffer.alloc(10_000_000, 'x'))).toBe(true);
    }));

  test('or nothing', () =>
    withPipe('true', async ({ pipe }) => {
      expect(await collect(pipe)).toHaveLength(0);
    }));

  test('while the writer still waits for more to say', () =>
    withPipe('echo first; read -r < <(sleep 1000)', async ({ pipe }) => {
      for await (const chunk of pipe.chunks()) {
        expect(chunk.toString()).toBe('first\n');
        break;
      }
    }));
});

test('a reader that is busy holds the writer back', () =>
  withPipe('head -c 1000000 /dev/zero; : > "$DONE"', async ({ folder, pipe }) => {
    const chunks = pipe.chunks()[Symbol.asyncIterator]();
    await chunks.next();
    // As long as nobody asks for more, only what fits into the pipe can be written: one that reads ahead has its chances here.
    for (let turn = 0; turn < 500; turn += 1) await new Promise(setImmediate);
    expect(existsSync(join(folder, 'done'))).toBe(false);
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next());
    expect(existsSync(join(folder, 'done'))).toBe(true);
  }));

describe('stop', () => {
  test('ends it although a daemon keeps it open; what came before is there', () =>
    withPipe('echo hello; sleep 1000 & echo bye', async ({ pipe, child }) => {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      let text = '';
      const done = (async () => {
        for await (const chunk of pipe.chunks()) text += chunk.toString();
      })();
      await exited;
      await waitFor(() => text === 'hello\nbye\n', { what: 'all that was written' });
      pipe.stop();
      await done;
      expect(text).toBe('hello\nbye\n');
    }));

  test('ends it while lines pour in, wherever it is just then', () =>
    withPipe('while :; do echo line; done', async ({ pipe }) => {
      let bytes = 0;
      for await (const chunk of pipe.chunks()) {
        bytes += chunk.length;
        if (bytes > 200_000) setTimeout(() => pipe.stop(), 0.5);
      }
      expect(bytes).toBeGreaterThan(200_000);
    }));

  test('before anything was written', () =>
    withPipe('exec sleep 1000', async ({ pipe }) => {
      setImmediate(() => pipe.stop());
      expect(await collect(pipe)).toHaveLength(0);
    }));
});

describe('a pipe that has ended', () => {
  test('is kept for the next run; one that was stopped is not', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kernel-pipe-'));
    const spares = join(folder, 'spares');
    try {
      for (const [name, end] of [['a', true], ['b', true], ['c', false]] as const) {
        const pipe = await openKernelPipe(join(folder, name), env, spares);
        const child = spawn('bash', ['-c', `echo ${name}`], { stdio: ['ignore', pipe.writeFd, 'inherit'], env });
        if (end) {
          pipe.closeWriter();
          expect((await collect(pipe)).toString()).toBe(`${name}\n`);
        } else {
          await new Promise((resolve) => child.once('exit', resolve));
          pipe.stop();
          await collect(pipe);
          pipe.closeWriter();
        }
        pipe.dispose();
        expect(existsSync(join(folder, name))).toBe(false);
        expect(readdirSync(spares)).toHaveLength(end ? 1 : 0);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
