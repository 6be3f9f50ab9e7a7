import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { Env } from '../base/context.ts';

/**
 * Writes to the child's stdin and waits while it is full; `write` rejects once the child has closed it.
 * @param ended settles when the child is gone: for a feed that waits for answers before it writes on.
 */
export type Feed = (write: (chunk: Uint8Array | string) => Promise<void>, ended: Promise<unknown>) => Promise<void>;

export interface CaptureOptions {
  cwd: string;
  env: Env;
  /** Text or bytes for stdin, or a function that writes them as they come. Default: nothing. */
  input?: string | Uint8Array | Feed;
  /** Called with stdout as it arrives, instead of keeping it. May wait: the child is held back meanwhile. */
  onStdout?: (chunk: Buffer) => void | Promise<void>;
  /** A file of the caller's that takes stdout instead of a pipe. Not with `onStdout`. */
  stdoutFile?: number;
  /** Ends the child with SIGTERM when it fires. */
  signal?: AbortSignal;
  /** How long after the child's exit output may still come: something that it left behind may hold the pipes for ever. Default: no limit. */
  lastOutputMs?: number;
}

/** How a child ended. A non-zero exit is a result, not an error. */
export interface Finished {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** Empty when `onStdout` or `stdoutFile` took it. */
  stdout: Buffer;
  stderr: string;
}

/** The start of stderr is what explains a failure: the rest of a flood is dropped. */
const stderrLimitBytes = 256 * 1024;

/**
 * Runs a program to its end with its output captured.
 *
 * Plain `spawn`, not execa, because every command starts several git processes on its way: loading execa costs
 * 16 ms and each process 1.3 ms more, which is a quarter of what a trivial run may take.
 * @throws the system error when the program cannot be started, or what `feed` or `onStdout` throws.
 */
export async function capture(file: string, args: readonly string[], options: CaptureOptions): Promise<Finished> {
  const { cwd, env, input, signal, stdoutFile } = options;
  // A pipe for stdin costs half a millisecond: most children have nothing to read.
  const stdio: StdioOptions = [input === undefined ? 'ignore' : 'pipe', stdoutFile ?? 'pipe', 'pipe'];
  const child = spawn(file, args, { cwd, env, ...(signal ? { signal } : {}), stdio });
  const ended = new Promise<Pick<Finished, 'exitCode' | 'signal'>>((resolve, reject) => {
    child.once('error', (error) => {
      // An abort is reported by the exit that follows it.
      if (error.name !== 'AbortError') reject(error);
    });
    child.once('close', (exitCode, signalName) => resolve({ exitCode, signal: signalName }));
  });
  // One that could not be started for want of descriptors has no streams either.
  if (child.pid === undefined) await ended;
  if (options.lastOutputMs !== undefined) closePipesAfterExit(child, options.lastOutputMs);
  const stderr = collect(child.stderr, stderrLimitBytes);
  const stdout = options.onStdout === undefined || child.stdout === null ? collect(child.stdout) : drain(child.stdout, options.onStdout);
  const fed = child.stdin === null || input === undefined ? undefined : feedStdin(child.stdin, input, ended);
  const [end, out, err] = await Promise.all([ended, stdout, stderr, fed]);
  return { ...end, stdout: out, stderr: err.toString('utf8') };
}

function closePipesAfterExit(child: ChildProcess, lastOutputMs: number): void {
  child.once('exit', () => {
    const timer = setTimeout(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, lastOutputMs);
    child.once('close', () => clearTimeout(timer));
  });
}

/** By events: an async iterator costs a fifth of a ms for each of the two streams of each git process. */
function collect(stream: Readable | null, limit = Number.POSITIVE_INFINITY): Promise<Buffer> {
  if (stream === null) return Promise.resolve(Buffer.alloc(0));
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    if (size < limit) chunks.push(chunk);
    size += chunk.length;
  });
  return new Promise((resolve, reject) => {
    stream.once('error', reject).once('close', () => resolve(Buffer.concat(chunks)));
  });
}

async function drain(stream: Readable, take: (chunk: Buffer) => void | Promise<void>): Promise<Buffer> {
  for await (const chunk of stream as AsyncIterable<Buffer>) await take(chunk);
  return Buffer.alloc(0);
}

/** A child that exits without reading its input is judged by its exit code: that it reads no more says nothing else. */
async function feedStdin(stdin: Writable, input: string | Uint8Array | Feed, ended: Promise<unknown>): Promise<void> {
  const gone = new Error('the child reads no more');
  // EPIPE: the stream is destroyed, which is what `write` looks at. The exit of the child destroys it without an error.
  stdin.on('error', () => undefined);
  const write = (chunk: Uint8Array | string): Promise<void> => {
    if (stdin.destroyed) return Promise.reject(gone);
    if (stdin.write(chunk)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        stdin.off('drain', settle).off('close', settle);
        if (stdin.destroyed) reject(gone);
        else resolve();
      };
      stdin.on('drain', settle).on('close', settle);
    });
  };
  try {
    await (typeof input === 'function' ? input(write, ended) : write(input));
  } catch (error) {
    if (error !== gone) throw error;
  } finally {
    stdin.end();
  }
}
