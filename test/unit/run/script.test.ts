import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { systemContext } from '../../../src/base/context.ts';
import { findStrays } from '../../../src/proc/strays.ts';
import { createCancellation } from '../../../src/run/cancellation.ts';
import type { OutputSink } from '../../../src/run/output-sink.ts';
import { openOutputSink } from '../../../src/run/output-sink.ts';
import { runScript, type ScriptOptions } from '../../../src/run/script.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const folder = mkdtempSync(join(tmpdir(), 'script-'));
afterAll(() => rmSync(folder, { recursive: true }));

function optionsFor(text: string, sink: OutputSink): ScriptOptions {
  const script = join(folder, 'run.sh');
  writeFileSync(script, text);
  return {
    ctx: systemContext(),
    script,
    cwd: folder,
    env: { PATH: process.env['PATH'], SCRIPT_TEST: folder },
    pipe: { path: join(folder, 'pipe'), spares: join(folder, 'spares') },
    sink,
    timeoutMs: undefined,
    graceMs: 1000,
    marks: [`SCRIPT_TEST=${folder}`],
    cancellation: createCancellation(() => 0),
    onStarted: () => undefined,
    onOver: () => undefined,
  };
}

test('a script whose output cannot be taken in is ended, and that is the error', async () => {
  const sink = openOutputSink({ logPath: join(folder, 'log'), timingPath: join(folder, 'timing'), secrets: [], secretsPath: join(folder, 'secrets'), terminal: undefined, elapsed: () => 0 });
  const failing = { ...sink, write: () => Promise.reject(new Error('a bug')) };
  const options = optionsFor('echo some; exec sleep 1000', failing);
  await expect(runScript(options)).rejects.toThrow('a bug');
  expect(options.cancellation.verdict()).toMatchObject({ outcome: 'broken', reason: 'the output could not be read: a bug' });
});

test('a script that cannot be looked after is ended, and writes nothing any more', async () => {
  const log = join(folder, 'unattended');
  const sink = openOutputSink({ logPath: log, timingPath: join(folder, 'timing'), secrets: [], secretsPath: join(folder, 'secrets'), terminal: undefined, elapsed: () => 0 });
  const onStarted = async (): Promise<void> => {
    await waitFor(() => statSync(log).size > 0, { what: 'output' });
    throw new Error('too many open files');
  };
  const options = { ...optionsFor('while :; do echo on; done', sink), onStarted };
  await expect(runScript(options)).rejects.toThrow('too many open files');
  const { size } = statSync(log);
  await waitFor(() => findStrays(options.marks, process.platform, process.pid).length === 0, { what: 'the end of the script' });
  expect(statSync(log).size).toBe(size);
  sink.close();
});
