import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fatalError, isSystemError, JciError, messageOf } from '../base/errors.ts';
import type { FileLock } from '../locks/file-lock.ts';
import type { Repository } from '../git/repository.ts';
import { cancelSignals, exitCodeOf } from '../model/outcome.ts';
import { secretsFromEnv } from '../output/secrets-from-env.ts';
import { identifyProcess } from '../proc/process-id.ts';
import { addActiveRun, removeActiveRun, writeActiveRun, type ActiveRun } from '../store/active-run.ts';
import { activeFiles, activeFolder, sparePipes } from '../store/paths.ts';
import { writeReservedEnd, type ScriptOver } from '../store/reserved-end.ts';
import type { RunEnd } from '../model/run-end.ts';
import { finishRun } from './finish-run.ts';
import { logFooter, logHeader } from './log-text.ts';
import { openOutputSink, type OutputSink } from './output-sink.ts';
import { newActiveRun } from './new-active-run.ts';
import type { RunReport, RunRequest } from './request.ts';
import { runScript } from './script.ts';
import { onCancelRequest } from './cancel-request.ts';
import { runEnvironment, runMarks } from './script-environment.ts';
import { takeSlot } from './slot.ts';
import { checkScript } from './check-script.ts';
import { makeOutputDir } from './workspace.ts';
import { borrowWorktree } from './worktree-pool.ts';

/**
 * Carries one run from start to stored result.
 *
 * @throws JciError (130, 143, 129) when cancelled before anything ran; (128) when the result could not be stored.
 */
export async function runOnce(repo: Repository, request: RunRequest): Promise<RunReport> {
  const run = announce(repo, request);
  request.notify({ kind: 'created', key: run });
  const unlisten = onCancelRequest(repo.commonDir, run, (reason) => request.cancellation.cancel('SIGTERM', reason));
  try {
    return await runInTurn(repo, request, run);
  } finally {
    unlisten();
  }
}

/** Two that start in the same millisecond may get the same id: the second one takes another. */
function announce(repo: Repository, request: RunRequest): ActiveRun {
  const run = newActiveRun(repo, request);
  try {
    return addActiveRun(repo.commonDir, run) ? run : announce(repo, request);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    removeActiveRun(repo.commonDir, run);
    throw fatalError(`nothing can be written to ${repo.commonDir}: ${messageOf(error)}`, {
      hint: 'a run needs a repository that can be written to, with room on its disk',
      cause: error,
    });
  }
}

/** A full disk must end neither the run nor its storing: without this note a later command only knows less of it. */
const note = (repo: Repository, run: ActiveRun): boolean => isDone(() => writeActiveRun(repo.commonDir, run, false));

/** If the disk is full, room for the end is there already. */
function noteEnd(repo: Repository, run: ActiveRun, over: ScriptOver): void {
  if (note(repo, { ...run, phase: 'storing', over })) return;
  isDone(() => writeReservedEnd(activeFiles(activeFolder(repo.commonDir, run)).end, over));
}

/** False when the system refused. */
function isDone(write: () => void): boolean {
  try {
    write();
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return false;
  }
}

async function runInTurn(repo: Repository, request: RunRequest, run: ActiveRun): Promise<RunReport> {
  const slot = await takeSlot(repo, request, request.cancellation.signal).catch((error: unknown) => {
    removeActiveRun(repo.commonDir, run);
    throw request.cancellation.signal.aborted ? cancelledEarly(request) : error;
  });
  try {
    return await runInSlot(repo, request, run);
  } finally {
    slot.release();
  }
}

function cancelledEarly({ cancellation }: RunRequest): Error {
  const { cancelSignal = 'SIGTERM' } = cancellation.verdict();
  return new JciError(cancelSignals[cancelSignal], 'cancelled before anything ran: nothing was stored');
}

async function runInSlot(repo: Repository, request: RunRequest, waiting: ActiveRun): Promise<RunReport> {
  const { ctx } = repo;
  const start = ctx.elapsed();
  const elapsed = (): number => ctx.elapsed() - start;
  const place = await prepare(repo, request, waiting);
  try {
    const { run } = place;
    writeActiveRun(repo.commonDir, run);
    request.notify({ kind: 'started', key: run });
    const sink = openSink(repo, request, run, elapsed);
    for (const line of logHeader(run)) sink.say(line);
    const end = withNotes(place.notes, place.broken ?? (await execute(repo, request, run, sink)));
    sink.endOutput();
    const durationMs = Math.round(elapsed());
    noteEnd(repo, run, { end, durationMs });
    request.notify({ kind: 'storing', key: run });
    const stored = await finishRun(repo, {
      run,
      end,
      durationMs,
      sign: request.sign,
      gitConfig: request.gitConfig,
      secrets: sink.secrets,
      closeLog(notes) {
        for (const line of logFooter(end, durationMs, notes)) sink.say(line);
        return sink.close();
      },
    });
    request.notify({ kind: 'stored', ...stored });
    return { ...stored, exitCode: exitCodeOf(end.outcome, end.cancelSignal) };
  } finally {
    place.worktree?.release();
  }
}

interface Place {
  run: ActiveRun;
  worktree: FileLock | undefined;
  /** Sentences about the tree, for the log. */
  notes: string[];
  /** Set when there is nowhere to run: stored as a result, since somebody asked for a verdict. */
  broken: RunEnd | undefined;
}

/** Makes the tree to run in and the output directory. */
async function prepare(repo: Repository, request: RunRequest, waiting: ActiveRun): Promise<Place> {
  const run: ActiveRun = { ...waiting, phase: 'running', startedAt: new Date(repo.ctx.now()).toISOString() };
  let worktree: FileLock | undefined;
  let notes: string[] = [];
  try {
    if (request.where === 'worktree') {
      const borrowed = await borrowWorktree(repo, request);
      worktree = borrowed;
      run.workTree = borrowed.path;
      run.shared = borrowed.shared;
      notes = borrowed.notes;
    }
    run.outputDir = makeOutputDir(run.workTree, run);
    checkScript(readFileSync(scriptPath(run)));
    return { run, worktree, notes, broken: undefined };
  } catch (error) {
    return { run, worktree, notes, broken: cannotStart(error) };
  }
}

const withNotes = (notes: readonly string[], end: RunEnd): RunEnd => ({ ...end, notes: [...notes, ...end.notes] });

const scriptPath = (run: ActiveRun): string => join(run.workTree, '.jci', 'run.sh');

function cannotStart(error: unknown): RunEnd {
  const notes = error instanceof JciError && error.hint !== undefined ? [error.hint] : [];
  return { outcome: 'broken', exitCode: null, signal: null, reason: messageOf(error), notes };
}

function openSink(repo: Repository, request: RunRequest, run: ActiveRun, elapsed: () => number): OutputSink {
  const secrets = [...secretsFromEnv({ ...repo.ctx.env, ...request.env }, request.settings.mask), ...request.secrets];
  const { log } = activeFiles(activeFolder(repo.commonDir, run));
  return openOutputSink({ logPath: log, secrets, terminal: request.terminal, elapsed });
}

async function execute(repo: Repository, request: RunRequest, run: ActiveRun, sink: OutputSink): Promise<RunEnd> {
  const { ctx } = repo;
  const files = activeFiles(activeFolder(repo.commonDir, run));
  mkdirSync(files.steps);
  const env = runEnvironment(ctx.env, run, request.env, { stepsDir: files.steps, toolFolder: request.toolFolder });
  try {
    return await runScript({
      ctx,
      script: scriptPath(run),
      cwd: run.outputDir,
      env,
      pipe: { path: files.pipe, spares: sparePipes(repo.commonDir) },
      sink,
      timeoutMs: request.settings.timeoutMs,
      graceMs: request.settings.graceMs,
      marks: runMarks(run),
      cancellation: request.cancellation,
      async onStarted(pid) {
        const leader = await identifyProcess(pid, ctx.platform);
        if (leader !== undefined) note(repo, { ...run, leader });
      },
    });
  } catch (error) {
    return cannotStart(error);
  }
}
