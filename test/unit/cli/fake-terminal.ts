import type { Context } from '../../../src/base/context.ts';
import type { OutputStream } from '../../../src/base/output-stream.ts';

export interface FakeStream extends OutputStream {
  /** Everything written so far. */
  text(): string;
}

export function fakeStream(size: { columns: number; rows: number } | undefined): FakeStream {
  let written = '';
  return {
    isTTY: size !== undefined,
    columns: size?.columns,
    rows: size?.rows,
    closed: false,
    write(chunk) {
      written += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    },
    drained: () => Promise.resolve(),
    flushed: () => Promise.resolve(),
    text: () => written,
  };
}

export interface FakeMachine {
  ctx: Context;
  stdout: FakeStream;
  stderr: FakeStream;
  /** Moves both clocks on. */
  pass(ms: number): void;
}

/** A machine whose clocks stand still and whose terminal remembers; without a size its output is a pipe. */
export function fakeMachine(options: { size?: { columns: number; rows: number }; env?: Record<string, string>; cwd?: string } = {}): FakeMachine {
  const stdout = fakeStream(options.size);
  const stderr = fakeStream(options.size);
  let now = 0;
  const ctx: Context = {
    env: { LANG: 'C.UTF-8', NO_COLOR: '1', ...options.env },
    cwd: options.cwd ?? '/',
    stdout,
    stderr,
    host: 'workstation',
    user: 'ada',
    platform: 'linux',
    machine: 'linux-x64',
    pid: 4711,
    now: () => 1_763_700_000_000 + now,
    elapsed: () => now,
    random: () => 0,
    randomHex: (bytes) => '0'.repeat(2 * bytes),
  };
  return {
    ctx,
    stdout,
    stderr,
    pass(ms) {
      now += ms;
    },
  };
}
