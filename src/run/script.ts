import type { Context, Env } from '../base/context.ts';
import { hasCode, messageOf } from '../base/errors.ts';
import { formatDuration } from '../base/duration.ts';
import type { RunEnd } from '../model/run-end.ts';
import { endGroup } from '../proc/end-group.ts';
import { sendSignal, startGroup, type GroupExit, type ProcessGroup } from '../proc/group.ts';
import { openKernelPipe, type KernelPipe } from '../proc/kernel-pipe.ts';
import type { Cancellation } from './cancellation.ts';
import type { OutputSink } from './output-sink.ts';

export interface ScriptOptions {
  ctx: Context;
  /** Absolute path of run.sh. */
  script: string;
  /** The output directory. */
  cwd: string;
  env: Env;
  /** A path for the pipe's name while the run lasts, and the folder of pipes that runs are done with. */
  pipe: { path: string; spares: string };
  sink: OutputSink;
  timeoutMs: number | undefined;
  graceMs: number;
  /** Settings that only processes of this run have in their environment. */
  marks: readonly string[];
  cancellation: Cancellation;
  onStarted(leaderPid: number): Promise<void> | void;
  /** The script itself has ended, whatever it left in the background. */
  onOver(): void;
}

/** How long we wait, once all has been killed, for a process that survived and for output that is held open. */
const lastWaitMs = 2000;

/** Processes left in the background by a script that ended by itself are given this long between SIGTERM and SIGKILL. */
const leftoverGraceMs = 2000;

/**
 * Runs `bash <script>` in its own process group until nothing of it is left: no process, no open pipe.
 *
 * Never rejects for anything the script does; a script that cannot be started is `broken`.
 */
export async function runScript(options: ScriptOptions): Promise<RunEnd> {
  const { ctx, sink, cancellation } = options;
  const pipe = await openKernelPipe(options.pipe.path, ctx.env, options.pipe.spares);
  const pumped = pump(pipe, sink, cancellation);
  // Nobody waits for it while the script runs, and from here on nobody reads what the script writes.
  pumped.catch((error: unknown) => cancellation.breakOff(`the output could not be read: ${messageOf(error)}`));
  try {
    return await runInPipe(options, pipe, pumped);
  } finally {
    pipe.dispose();
  }
}

async function runInPipe(options: ScriptOptions, pipe: KernelPipe, pumped: Promise<void>): Promise<RunEnd> {
  const group = await start(options, pipe);
  if (!('pid' in group)) {
    pipe.stop();
    await pumped;
    return { outcome: 'broken', exitCode: null, signal: null, reason: group.reason, notes: [] };
  }
  try {
    await options.onStarted(group.pid);
    const ended = await untilEnd(group, options);
    options.onOver();
    const notes = [...(await clearGroup(group, ended, options)), ...(await drained(pipe, pumped, options.sink))];
    return { ...judge(ended, options), notes };
  } catch (error) {
    await abandon(group, options.sink, pipe, pumped);
    throw error;
  }
}

/** Nobody looks after the script any more: it must not run on, and nothing may be written to a log that will be closed. */
async function abandon(group: ProcessGroup, sink: OutputSink, pipe: KernelPipe, pumped: Promise<void>): Promise<void> {
  sendSignal(-group.pid, 'SIGKILL');
  sink.letTerminalGo();
  pipe.stop();
  // What went wrong with the output has been heard already.
  await pumped.catch(() => undefined);
}

async function start(options: ScriptOptions, pipe: KernelPipe): Promise<ProcessGroup | { reason: string }> {
  const { cwd, env } = options;
  try {
    return await startGroup('bash', [options.script], { cwd, env, outputFd: pipe.writeFd });
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return { reason: 'bash was not found on PATH: install it' };
    return { reason: `bash could not be started: ${messageOf(error)}` };
  } finally {
    pipe.closeWriter();
  }
}

/** Moves the output; a log that cannot be written ends the run, since nobody could read what it did. */
async function pump(pipe: KernelPipe, sink: OutputSink, cancellation: Cancellation): Promise<void> {
  for await (const chunk of pipe.chunks()) {
    await sink.write(chunk);
    if (sink.failure !== undefined) cancellation.breakOff(`the log could not be written: ${sink.failure.message}`);
  }
}

interface End {
  exit: GroupExit;
  stopped?: 'timeout' | 'cancelled' | 'broken';
  /** The script itself could not be ended: a disk that does not answer, or `exec sudo`. */
  isStuck?: true;
}

/** Waits for the script, its timeout or a cancellation, whichever is first. */
async function untilEnd(group: ProcessGroup, options: ScriptOptions): Promise<End> {
  const { timeoutMs, cancellation, sink } = options;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<'timeout'>((resolve) => {
    if (timeoutMs !== undefined) timer = setTimeout(resolve, timeoutMs, 'timeout');
  });
  const first = await Promise.race([group.exit, timeout, cancellation.requested]);
  clearTimeout(timer);
  if (typeof first === 'object') return { exit: first };
  // While the terminal stands still, a script that is being ended could not write its last words, nor end.
  sink.letTerminalGo();
  await endGroup(group.pid, { ...endOptions(options), graceMs: options.graceMs, hurry: cancellation.hurried });
  const exit = await within(group.exit, lastWaitMs);
  return exit === 'late' ? { exit: { exitCode: null, signal: null }, stopped: first, isStuck: true } : { exit, stopped: first };
}

async function within<T>(promise: Promise<T>, limitMs: number): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, limitMs, 'late');
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

const endOptions = ({ ctx, marks }: ScriptOptions): { marks: readonly string[]; platform: NodeJS.Platform; ownPid: number } => ({
  marks,
  platform: ctx.platform,
  ownPid: ctx.pid,
});

/** Ends what a script that exited by itself left in the background. */
async function clearGroup(group: ProcessGroup, ended: End, options: ScriptOptions): Promise<string[]> {
  const graceMs = Math.min(leftoverGraceMs, options.graceMs);
  const { signalled, survivors } = await endGroup(group.pid, { ...endOptions(options), graceMs });
  const left = new Set([...(ended.isStuck ? [group.pid] : []), ...survivors.map(Math.abs)]);
  const notes = Array.from(left, (pid) => `process ${pid} could not be ended`);
  if (signalled > 0 && ended.stopped === undefined) notes.unshift('processes that the script left in the background were ended');
  return notes;
}

async function drained(pipe: KernelPipe, pumped: Promise<void>, sink: OutputSink): Promise<string[]> {
  // What is left in the pipe belongs in the log, also while the terminal stands still.
  sink.letTerminalGo();
  if ((await within(pumped, lastWaitMs)) !== 'late') return [];
  pipe.stop();
  await pumped;
  return ['a process still held the output open; what it writes from here on is lost'];
}

function judge({ exit, stopped }: End, options: ScriptOptions): Omit<RunEnd, 'notes'> {
  const how = { exitCode: exit.exitCode, signal: exit.signal };
  switch (stopped) {
    case 'timeout':
      return { ...how, outcome: 'timeout', reason: `ended after its timeout of ${formatDuration(options.timeoutMs ?? 0)}` };
    case 'cancelled':
    case 'broken':
      return { ...how, ...options.cancellation.verdict() };
    default:
      return { ...how, outcome: exit.exitCode === 0 ? 'passed' : 'failed', ...explain(exit) };
  }
}

const explain = (exit: GroupExit): { reason?: string } =>
  exit.signal === null ? {} : { reason: `the script was ended by ${exit.signal}` };
