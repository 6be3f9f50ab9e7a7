import { join } from 'node:path';
import type { Context } from '../base/context.ts';
import { fatalError, isSystemError, messageOf } from '../base/errors.ts';
import { isLocked, tryLock, type FileLock } from '../locks/file-lock.ts';
import { waitForLock } from '../locks/wait-for-lock.ts';
import { runInherited } from '../proc/inherited.ts';
import { openKernelPipe } from '../proc/kernel-pipe.ts';
import type { ProcessId } from '../proc/process-id.ts';
import { createStepPrinter, type StepEnd, type StepPrinter } from './step-printer.ts';
import { writeStepRecord } from './step-records.ts';
import { openUnnamedFile } from './unnamed-file.ts';

export interface StepRequest {
  name: string;
  /** The command and its arguments. */
  command: readonly [string, ...string[]];
  self: ProcessId;
}

interface RunningStep extends StepRequest {
  ctx: Context;
  id: string;
  stepsDir: string;
  /** Held by the one step that may write to the output now. */
  turnFolder: string;
  printer: StepPrinter;
  /** Notes for the run how the step ended. */
  ended(exitCode: number): StepEnd;
}

/**
 * Runs a command as a named step and returns its exit code.
 *
 * Steps may run at the same time (`&` in the script). One of them at a time has the output and writes to it as it goes;
 * what the others write is kept until it is their turn. So outputs never interleave.
 *
 * Outside a run the command just runs.
 */
export async function runStep(ctx: Context, request: StepRequest): Promise<number> {
  const stepsDir = ctx.env['JCI_STEPS_DIR'];
  const [file, ...args] = request.command;
  if (stepsDir === undefined) return runInherited(file, args, { cwd: ctx.cwd, env: ctx.env });
  const step = begin(ctx, request, stepsDir);
  const turn = await tryLock(step.turnFolder, request.self, ctx.platform);
  return isLocked(turn) ? runLive(step, turn) : runAside(step);
}

function begin(ctx: Context, request: StepRequest, stepsDir: string): RunningStep {
  const id = ctx.randomHex(4);
  const record = { id, name: request.name, startedAt: ctx.now() };
  const start = ctx.elapsed();
  writeStepRecord(stepsDir, record);
  return {
    ...request,
    ctx,
    id,
    stepsDir,
    // A step inside a step writes to that one's output: their turns are their own.
    turnFolder: join(stepsDir, `output-${ctx.env['JCI_STEP_ID'] ?? 'run'}`),
    printer: createStepPrinter(id, request.name),
    ended(exitCode) {
      const end = { exitCode, durationMs: Math.round(ctx.elapsed() - start) };
      writeStepRecord(stepsDir, { ...record, ...end });
      return end;
    },
  };
}

/** Has the output to itself: the command writes to it directly. */
async function runLive(step: RunningStep, turn: FileLock): Promise<number> {
  try {
    step.printer.begin();
    const exitCode = await start(step);
    step.printer.end(step.ended(exitCode));
    return exitCode;
  } finally {
    turn.release();
  }
}

function start({ ctx, id, command }: RunningStep, outputFd?: number): Promise<number> {
  const env = { ...ctx.env, JCI_STEP_ID: id };
  return runInherited(command[0], command.slice(1), { cwd: ctx.cwd, env, ...(outputFd === undefined ? {} : { outputFd }) });
}

/** A process left in the background holds the pipe open: it is not waited for any longer than this once the command is over. */
const pipeWaitMs = 1000;

/** Somebody else has the output: keep what comes, and show it from the beginning once it is our turn. */
async function runAside(step: RunningStep): Promise<number> {
  const pipe = await openKernelPipe(join(step.stepsDir, `${step.id}.pipe`), step.ctx.env);
  const kept = openUnnamedFile(join(step.stepsDir, `${step.id}.output`));
  let turn: FileLock | undefined;
  const running = start(step, pipe.writeFd);
  pipe.closeWriter();
  const pumped = (async () => {
    for await (const chunk of pipe.chunks()) {
      if (turn === undefined) kept.append(chunk);
      else step.printer.write(chunk);
    }
  })();
  const inTurn = waitForLock([step.turnFolder], step.self, step.ctx.platform).then((lock) => {
    step.printer.begin();
    kept.read((chunk) => step.printer.write(chunk));
    turn = lock;
  });
  // They are waited for when the command is over: it is not left alone.
  for (const begun of [pumped, inTurn]) begun.catch(() => undefined);
  try {
    const exitCode = await running;
    const end = step.ended(exitCode);
    const late = setTimeout(() => pipe.stop(), pipeWaitMs);
    await pumped;
    clearTimeout(late);
    await inTurn;
    step.printer.end(end);
    return exitCode;
  } catch (error) {
    throw isSystemError(error) ? fatalError(`the output of step '${step.name}' could not be kept: ${messageOf(error)}`, { cause: error }) : error;
  } finally {
    pipe.dispose();
    turn?.release();
    kept.close();
  }
}
