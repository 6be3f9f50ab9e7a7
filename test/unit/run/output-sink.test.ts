import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openOutputSink, type OutputSink } from '../../../src/run/output-sink.ts';

const folder = mkdtempSync(join(tmpdir(), 'output-sink-'));
const log = join(folder, 'log');
afterAll(() => rmSync(folder, { recursive: true }));

const openSink = (logPath: string, elapsed: () => number): OutputSink =>
  openOutputSink({ logPath, timingPath: join(folder, 'timing'), secrets: [], secretsPath: join(folder, 'secrets'), terminal: undefined, elapsed });

describe('what goes wrong with output', () => {
  test('on a full disk is told as the failure of the log', async () => {
    const sink = openSink('/dev/full', () => 0);
    await sink.write(Buffer.from('lost\n'));
    expect(sink.failure?.message).toContain('ENOSPC');
  });

  test('in our own reading of it is no failure of the log, which has it all', async () => {
    const sink = openSink(log, () => {
      throw new Error('a bug');
    });
    await expect(sink.write(Buffer.from('written\n'))).rejects.toThrow('a bug');
    expect(sink.failure).toBe(undefined);
    expect(readFileSync(log, 'utf8')).toBe('written\n');
  });

  test('that comes once the log is closed gets into no other file, whatever has its number by then', async () => {
    const sink = openSink(join(folder, 'closed'), () => 0);
    sink.close();
    const others = Array.from({ length: 5 }, (_, index) => join(folder, `other-${index}`));
    const fds = others.map((path) => openSync(path, 'w'));
    await sink.write(Buffer.from('delete refs/heads/main\n'));
    for (const fd of fds) closeSync(fd);
    expect(others.map((path) => readFileSync(path, 'utf8')).join('')).toBe('');
  });
});
