import { JciError } from '../base/errors.ts';
import type { Repository } from '../git/repository.ts';
import { cancelSignals, exitCodeOf } from '../model/outcome.ts';
import type { RunEnd } from '../model/run-end.ts';
import { removeActiveRun, writeActiveRun, type ActiveRun } from '../store/active-run.ts';
import { announceRun } from './announce-run.ts';
import { onCancelRequest } from './cancel-request.ts';
import { execute, openSink } from './execute.ts';
import { finishRun } from './finish-run.ts';
import { logFooter, logHeader } from './log-text.ts';
import { noteEnd } from './note-progress.ts';
import { preparePlace } from './place.ts';
import type { RunReport, RunRequest } from './request.ts';
import { takeSlot } from './slot.ts';

/**
 * Carries one run from start to stored result.
 *
 * @throws JciError (130, 143, 129) when cancelled before anything ran; (128) when the result could not be stored.
 */
export async function runOnce(repo: Repository, request: RunRequest): Promise<RunReport> {
  const { run, life } = await announceRun(repo, request);
  request.notify({ kind: 'created', key: run });
  const unlisten = onCancelRequest(repo.commonDir, run, (reason) => request.cancellation.cancel('SIGTERM', reason));
  try {
    return await runInTurn(repo, request, run);
  } finally {
    unlisten();
    life.letGo();
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
  const place = await preparePlace(repo, request, waiting);
  try {
    const { run } = place;
    writeActiveRun(repo.commonDir, run);
    const sink = openSink(repo, request, run, elapsed);
    request.notify({ kind: 'started', key: run, secrets: sink.secrets });
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

const withNotes = (notes: readonly string[], end: RunEnd): RunEnd => ({ ...end, notes: [...notes, ...end.notes] });
