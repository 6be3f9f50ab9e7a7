import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

/** Where a measured program runs. */
export interface Place {
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** A folder for what goes in and comes out: both are files, so that measuring moves no data while the clock runs. */
  scratch: string;
}

export interface TimedOptions {
  /** Text for stdin. Default: nothing. */
  input?: string;
  /** Keep stdout and return it. Default: it is thrown away. */
  capture?: boolean;
  /** A file for stdout and stderr, as a script's output is sent to a file. */
  outputFile?: string;
  /** Watch how much memory the process itself (not its children) takes. */
  memory?: boolean;
}

export interface Timed {
  /** From before the start of the process to its end. */
  ms: number;
  stdout: string;
  /** The most memory that was resident, in MiB; `undefined` where the kernel does not tell (no `/proc`). */
  peakMiB: number | undefined;
}

/** Runs one program to its end. @throws when it fails: a benchmark of a failure would measure nothing. */
export async function timed(place: Place, command: readonly string[], options: TimedOptions = {}): Promise<Timed> {
  const files = openFiles(place, options);
  try {
    const begin = performance.now();
    const { code, peakMiB } = await run(place, command, [files.stdin, files.stdout, files.stderr], options.memory === true);
    const ms = performance.now() - begin;
    if (code !== 0) throw new Error(`${command.join(' ')} ended with ${String(code)}: ${readFileSync(files.errors, 'utf8').slice(-2000)}`);
    return { ms, stdout: options.capture === true ? readFileSync(files.output, 'utf8') : '', peakMiB };
  } finally {
    files.close();
  }
}

/** How long one program takes, in ms. */
export const millis = async (place: Place, command: readonly string[], options?: TimedOptions): Promise<number> =>
  (await timed(place, command, options)).ms;

interface Files {
  stdin: number;
  stdout: number;
  stderr: number;
  output: string;
  errors: string;
  close(): void;
}

function openFiles({ scratch }: Place, { input, capture = false, outputFile }: TimedOptions): Files {
  const name = join(scratch, randomUUID());
  if (input !== undefined) writeFileSync(`${name}.in`, input);
  const output = outputFile ?? `${name}.out`;
  const errors = outputFile ?? `${name}.err`;
  const stdin = openSync(input === undefined ? '/dev/null' : `${name}.in`, 'r');
  const stdout = openSync(capture || outputFile !== undefined ? output : '/dev/null', 'w');
  const stderr = outputFile === undefined ? openSync(errors, 'w') : stdout;
  return {
    stdin,
    stdout,
    stderr,
    output,
    errors,
    close() {
      for (const fd of new Set([stdin, stdout, stderr])) closeSync(fd);
      for (const end of ['in', 'out', 'err']) rmSync(`${name}.${end}`, { force: true });
    },
  };
}

/** Often enough for the last figure to be near the end of the process, seldom enough to cost nothing. */
const sampleMs = 20;

function run(place: Place, [file = '', ...args]: readonly string[], stdio: number[], memory: boolean): Promise<{ code: number | null; peakMiB: number | undefined }> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: place.cwd, env: place.env, stdio });
    let peakMiB: number | undefined;
    const sample = (): void => {
      if (child.pid !== undefined) peakMiB = peakOf(child.pid) ?? peakMiB;
    };
    const timer = memory ? setInterval(sample, sampleMs) : undefined;
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearInterval(timer);
      resolve({ code: code ?? (signal === null ? null : 128 + constants.signals[signal]), peakMiB });
    });
  });
}

/** The kernel keeps the highest value, so a sample that comes late misses nothing but the last few ms. */
function peakOf(pid: number): number | undefined {
  try {
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? undefined : Number(kib) / 1024;
  } catch {
    // It has just ended, or there is no /proc.
    return undefined;
  }
}
