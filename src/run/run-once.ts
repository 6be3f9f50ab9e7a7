import { fatalError, isSystemError, JciError, messageOf } from '../base/errors.ts';
import type { Repository } from '../git/repository.ts';
import { cancelSignals, exitCodeOf } from '../model/outcome.ts';
import type { RunEnd } from '../model/run-end.ts';
import { removeActiveRun, writeActiveRun, type ActiveRun } from '../store/active-run.ts';
import type { ScriptOver } from '../store/reserved-end.ts';
import { announceRun, asPlanned } from './announce-run.ts';
import { onCancelRequest } from './cancel-request.ts';
import { execute, openSink, type Executed } from './execute.ts';
import { finishRun } from './finish-run.ts';
import { logFooter, logHeader } from './log-text.ts';
import { noteEnd } from './note-progress.ts';
import { preparePlace } from './place.ts';
import type { RunReport, RunRequest } from './request.ts';
import { takeSlot } from './slot.ts';

/**
 * Carries one run from start to stored result.
 *
 * @throws JciError (130, 143, 129) when cancelled before anything ran; (128) when the result could not be stored, or nothing could be written at all.
 */
export async function runOnce(repo: Repository, request: RunRequest): Promise<RunReport> {
  const { run, life } = await announceRun(repo, request);
  request.notify({ kind: 'created', key: run });
  const unlisten = onCancelRequest(repo.commonDir, run, (reason) => request.cancellation.cancel('SIGTERM', reason));
  let turn: RunReport | OtherCommit;
  try {
    turn = await runInTurn(repo, request, run);
  } catch (error) {
    throw isSystemError(error) ? cutShort(run, error) : error;
  } finally {
    unlisten();
    life.letGo();
  }
  return 'instead' in turn ? runOnce(repo, turn.instead) : turn;
}

/** What there is of the run by then is left to recovery. */
const cutShort = ({ runId }: ActiveRun, cause: Error): Error =>
  fatalError(`run ${runId} could not go on: ${messageOf(cause)}`, { hint: 'once the cause is gone, any git jci command stores what there is of it (git jci ls)', cause });

/** HEAD has moved while a run waited: nothing has run, and the record, which named the old commit, is gone. */
interface OtherCommit {
  instead: RunRequest;
}

async function runInTurn(repo: Repository, request: RunRequest, run: ActiveRun): Promise<RunReport | OtherCommit> {
  const slot = await takeSlot(repo, request, request.cancellation.signal).catch((error: unknown) => {
    removeActiveRun(repo.commonDir, run);
    throw request.cancellation.signal.aborted ? cancelledEarly(request) : error;
  });
  try {
    const current = slot.waited ? await decideAgain(repo, request, run) : request;
    if (current.facts.commit === run.commit) return await runInSlot(repo, current, { ...run, ...asPlanned(current) }, slot.notes);
    removeActiveRun(repo.commonDir, run);
    return { instead: current };
  } finally {
    slot.release();
  }
}

async function decideAgain(repo: Repository, request: RunRequest, run: ActiveRun): Promise<RunRequest> {
  try {
    return (await request.decideAgain?.()) ?? request;
  } catch (error) {
    removeActiveRun(repo.commonDir, run);
    throw error;
  }
}

function cancelledEarly({ cancellation }: RunRequest): Error {
  const { cancelSignal = 'SIGTERM' } = cancellation.verdict();
  return new JciError(cancelSignals[cancelSignal], 'cancelled before anything ran: nothing was stored');
}

async function runInSlot(repo: Repository, request: RunRequest, waiting: ActiveRun, notes: readonly string[]): Promise<RunReport> {
  const { ctx } = repo;
  const start = ctx.elapsed();
  const elapsed = (): number => ctx.elapsed() - start;
  const place = await preparePlace(repo, request, waiting);
  try {
    const { run } = place;
    // The log first: a run that has got as far as its record can be stored.
    const sink = openSink(repo, request, run, elapsed);
    writeActiveRun(repo.commonDir, run);
    request.notify({ kind: 'started', key: run, secrets: sink.secrets });
    for (const line of logHeader(run)) sink.say(line);
    const executed = place.broken === undefined ? await execute(repo, request, run, sink) : { end: place.broken };
    sink.endOutput();
    const over = await judgeTree([...notes, ...place.notes], { ...executed, end: judgeLog(executed.end, sink.failure) }, { durationMs: Math.round(elapsed()), dirty: run.dirty });
    noteEnd(repo, run, over);
    request.notify({ kind: 'storing', key: run });
    const { end, durationMs, dirty } = over;
    const stored = await finishRun(repo, {
      run: { ...run, dirty },
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

/** What was written last can fail to be, after the script's end: a verdict of which the log is not whole is none. */
function judgeLog(end: RunEnd, failure: Error | undefined): RunEnd {
  if (failure === undefined || (end.outcome !== 'passed' && end.outcome !== 'failed')) return end;
  return { ...end, outcome: 'broken', reason: `the log could not be written: ${failure.message}` };
}

/** Asked before the end is noted: after a crash, a run of a changed tree must not be stored as a verdict on the commit. */
async function judgeTree(notes: readonly string[], { end, treeChange }: Partial<Executed> & Pick<Executed, 'end'>, over: Omit<ScriptOver, 'end'>): Promise<ScriptOver> {
  const change = await treeChange;
  const all = [...notes, ...end.notes, ...(change === undefined ? [] : [change])];
  return { ...over, end: { ...end, notes: all }, dirty: over.dirty || change !== undefined };
}
