import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isLocked, tryLock, type FileLock } from '../../../src/locks/file-lock.ts';
import { waitForLock } from '../../../src/locks/wait-for-lock.ts';
import { identifyProcess, type ProcessId } from '../../../src/proc/process-id.ts';
import { startProcess, type LiveProcess } from '../../helpers/live-process.ts';

const { platform } = process;
const dead: ProcessId = { pid: 2 ** 22, started: 'long ago' };
let self: ProcessId = dead;
let bundleFolder = '';
let folder = '';
const workers: LiveProcess[] = [];

beforeAll(async () => {
  self = (await identifyProcess(process.pid, platform)) ?? dead;
  bundleFolder = mkdtempSync(join(tmpdir(), 'jci-lock-worker-'));
  const entry = join(dirname(fileURLToPath(import.meta.url)), 'lock-worker.ts');
  await build({ entryPoints: [entry], outfile: join(bundleFolder, 'worker.mjs'), bundle: true, format: 'esm', platform: 'node', logLevel: 'silent' });
});
afterAll(() => rmSync(bundleFolder, { recursive: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jci-lock-'));
});
afterEach(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await Promise.allSettled(workers.splice(0).map((worker) => worker.exit()));
  rmSync(folder, { recursive: true });
});

function startWorker(...words: string[]): LiveProcess {
  const worker = startProcess(process.execPath, [join(bundleFolder, 'worker.mjs'), ...words], { cwd: folder, env: { PATH: process.env['PATH'] ?? '' } });
  workers.push(worker);
  return worker;
}

const lockFolder = (): string => join(folder, 'lock');
const names = (): string[] => readdirSync(lockFolder()).sort();

async function take(): Promise<FileLock> {
  const answer = await tryLock(lockFolder(), self, platform);
  if (!isLocked(answer)) throw new Error(`held by ${answer.heldBy.pid}`);
  return answer;
}

describe('a file lock', () => {
  test('is held by one, who is named to the others, until it is given back', async () => {
    const lock = await take();
    expect(await tryLock(lockFolder(), self, platform)).toEqual({ heldBy: self });
    lock.release();
    const again = await take();
    expect(isLocked(await tryLock(lockFolder(), self, platform))).toBe(false);
    again.release();
  });

  test('lets one process in at a time, however many want in, and its generations never go back', async () => {
    writeFileSync(join(folder, 'counter'), '0');
    const [count, rounds] = [6, 15];
    const ends = await Promise.all(Array.from({ length: count }, () => startWorker('count', folder, String(rounds)).exit()));
    expect(ends.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual(ends.map(() => ({ exitCode: 0, stderr: '' })));
    expect(readFileSync(join(folder, 'counter'), 'utf8')).toBe(String(count * rounds));
    const generations = readFileSync(join(folder, 'generations'), 'utf8').trimEnd().split('\n').map(Number);
    expect(generations).toHaveLength(count * rounds);
    expect(generations.every((number, index) => index === 0 || number > (generations[index - 1] ?? 0))).toBe(true);
    expect(names().filter((name) => name.startsWith('draft'))).toEqual([]);
    expect(names().length).toBeLessThanOrEqual(2);
  });

  test('of a holder that was killed goes to the next', async () => {
    const worker = startWorker('hold', folder);
    await worker.untilOutput('held');
    expect(await tryLock(lockFolder(), self, platform)).toMatchObject({ heldBy: { pid: worker.pid } });
    const before = Math.max(...names().map((name) => Number.parseInt(name, 10)));
    worker.kill('SIGKILL');
    await worker.exit();
    const lock = await take();
    expect(Math.max(...names().map((name) => Number.parseInt(name, 10)))).toBeGreaterThan(before);
    lock.release();
  });

  test('of a killed holder goes to one of many that wait, and only one', async () => {
    const holder = startWorker('hold', folder);
    await holder.untilOutput('held');
    writeFileSync(join(folder, 'counter'), '0');
    const waiting = Array.from({ length: 3 }, () => startWorker('count', folder, '3'));
    holder.kill('SIGKILL');
    const ends = await Promise.all(waiting.map((worker) => worker.exit()));
    expect(ends.map(({ stderr }) => stderr)).toEqual(['', '', '']);
    expect(readFileSync(join(folder, 'counter'), 'utf8')).toBe('9');
  });

  test("is not taken for held by a process that has got the dead one's number", async () => {
    mkdirSync(lockFolder());
    writeFileSync(join(lockFolder(), '7.lock'), JSON.stringify({ pid: process.pid, started: 'another time' }));
    const lock = await take();
    expect(names()).toEqual(['8.lock']);
    lock.release();
    expect(names()).toEqual(['8.free', '8.lock']);
  });

  test.each(['', '{', '[]', 'null', '{"pid":1}'])('that says %j names nobody: it is free', async (text) => {
    mkdirSync(lockFolder());
    writeFileSync(join(lockFolder(), '3.lock'), text);
    (await take()).release();
    expect(names()).toEqual(['4.free', '4.lock']);
  });

  test('given back after its folder went is no error', async () => {
    const lock = await take();
    rmSync(lockFolder(), { recursive: true });
    expect(() => lock.release()).not.toThrow();
    expect(existsSync(lockFolder())).toBe(false);
  });

  test('a late release frees nothing of the next holder', async () => {
    mkdirSync(lockFolder());
    writeFileSync(join(lockFolder(), '1.lock'), JSON.stringify(dead));
    const lock = await take();
    writeFileSync(join(lockFolder(), '1.free'), '');
    expect(isLocked(await tryLock(lockFolder(), self, platform))).toBe(false);
    lock.release();
  });
});

describe('waitForLock', () => {
  test('takes the first of several that is free, and tells once that it waits', async () => {
    const folders = [join(folder, 'a'), join(folder, 'b')];
    const [first, second] = [await waitForLock(folders, self, platform), await waitForLock(folders, self, platform)];
    const waited: ProcessId[] = [];
    const lock = await waitForLock(folders, self, platform, {
      onWait(heldBy) {
        waited.push(heldBy);
        second.release();
      },
    });
    expect(waited).toEqual([self]);
    first.release();
    lock.release();
  });

  test('gives up with the reason of its signal', async () => {
    const lock = await waitForLock([lockFolder()], self, platform);
    const stop = new AbortController();
    const waiting = waitForLock([lockFolder()], self, platform, { signal: stop.signal, onWait: () => stop.abort(new Error('enough')) });
    await expect(waiting).rejects.toThrow('enough');
    lock.release();
  });

  test('refuses at once when its signal was aborted before', async () => {
    const signal = AbortSignal.abort(new Error('before'));
    await expect(waitForLock([lockFolder()], self, platform, { signal })).rejects.toThrow('before');
    expect(existsSync(lockFolder())).toBe(false);
  });
});
