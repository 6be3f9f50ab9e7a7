import { readSubjects } from '../../git/log.ts';
import { getCommit, listRange } from '../../git/revisions.ts';
import { JciError, refusal } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { createCancellation, type Cancellation } from '../../run/cancellation.ts';
import { planCommit } from '../../run/plan.ts';
import type { RunEvent, RunReport } from '../../run/request.ts';
import { runOnce } from '../../run/run-once.ts';
import { verdictOf } from '../../store/verdict.ts';
import type { Call } from '../command.ts';
import type { Ui } from '../render/ui.ts';
import { createLiveTable, type LiveTable } from '../render/live-table.ts';
import { recoverRuns } from '../session.ts';
import { onCancelSignals } from '../signals.ts';
import { afterRange } from './after-run.ts';
import { parseJobs, type RunOptions } from './options.ts';
import { lastLineOf } from './last-line.ts';
import { prepareRequests, type RequestBase } from './single.ts';

/** What became of one commit of a range. */
interface CommitResult {
  commit: string;
  exitCode: number;
  report?: RunReport;
  /** Set when there was nothing to run: it had passed already, has no script, or the range was given up. */
  skipped?: string;
  /** Set when its run is not stored: the others go on. */
  failure?: JciError;
}

/**
 * `git jci run a..b`: every commit, oldest first, several at a time, each in its own worktree.
 *
 * The first failure stops further starts unless `--keep-going`. @returns the worst exit code.
 */
export async function runRange(call: Call<RunOptions>, range: string): Promise<number> {
  const { repo, ctx, options, ui } = call;
  await recoverRuns(repo, ui);
  const [commits, base] = await Promise.all([listRange(repo, range), prepareRequests(call)]);
  if (commits.length === 0) throw refusal(`the range '${range}' holds no commit`);
  const subjects = await readSubjects(repo, commits);
  const table = createLiveTable(ctx, commits.map((commit) => ({ id: commit, title: subjects.get(commit) ?? '' })), { silent: ui.json || options.quiet === true });
  const cancellations = commits.map(() => createCancellation(() => ctx.elapsed()));
  const release = onCancelSignals((signal) => {
    for (const cancellation of cancellations) cancellation.cancel(signal, `cancelled by ${signal}`);
  });
  try {
    const jobs = parseJobs(options.jobs, base.settings.concurrency);
    const results = await inParallel(commits, jobs, (commit, index, soFar: readonly CommitResult[]) =>
      runCommit(call, base, commit, { table, cancellation: cancellations[index] ?? createCancellation(() => ctx.elapsed()), soFar }),
    );
    table.end();
    for (const { failure } of results) tellFailure(ui, failure);
    if (!ui.json) for (const note of notesOf(results)) ui.warn(note);
    if (ui.json) ui.printJson({ version: 1, runs: results.map(toJson) });
    return await afterRange(call, base, results.flatMap(({ report }) => report ?? []), worst(results));
  } finally {
    release();
  }
}

interface RangeState {
  table: LiveTable;
  cancellation: Cancellation;
  soFar: readonly CommitResult[];
}

async function runCommit(call: Call<RunOptions>, base: RequestBase, commit: string, state: RangeState): Promise<CommitResult> {
  const { repo, options } = call;
  const { table, cancellation, soFar } = state;
  const skip = (why: string, code: number): CommitResult => {
    table.finish(commit, { symbol: 'skipped', text: why });
    return { commit, exitCode: code, skipped: why };
  };
  if (cancellation.signal.aborted) return skip('not started: cancelled', exitCode.ok);
  if (options.keepGoing !== true && soFar.some(({ exitCode: code }) => code !== exitCode.ok)) {
    return skip('not started: an earlier commit failed', exitCode.ok);
  }
  const facts = await getCommit(repo, commit);
  if (facts.script === undefined) return skip('no .jci/run.sh', exitCode.untestable);
  if (options.ifNeeded === true) {
    const known = await verdictOf(repo, facts, base.settings);
    if (known.verdict === 'passed') return skip(`passed already in run ${known.run.runId}`, exitCode.ok);
  }
  table.start(commit);
  try {
    const report = await runOnce(repo, {
      ...base,
      ...planCommit(facts, undefined),
      cancellation,
      terminal: lastLineOf((line) => table.update(commit, line)),
      notify: (event) => showEvent(table, commit, event),
    });
    return { commit, exitCode: report.exitCode, report };
  } catch (error) {
    if (!(error instanceof JciError)) throw error;
    table.finish(commit, { symbol: 'broken', text: error.message });
    return { commit, exitCode: error.exitCode, failure: error };
  }
}

function tellFailure(ui: Ui, failure: JciError | undefined): void {
  if (failure === undefined) return;
  ui.warn(failure.message);
  if (failure.hint !== undefined) ui.say(`hint: ${failure.hint}`);
}

function showEvent(table: LiveTable, commit: string, event: RunEvent): void {
  if (event.kind === 'waiting') table.update(commit, `waiting for ${event.for}`);
  if (event.kind === 'storing') table.update(commit, 'storing');
  if (event.kind === 'stored') table.finish(commit, { symbol: event.record.outcome, text: event.record.reason ?? '', durationMs: event.record.durationMs });
}

/** Each sentence once: what is wrong with the machine is wrong with every run. */
const notesOf = (results: readonly CommitResult[]): Set<string> =>
  new Set(results.flatMap(({ report }) => [...(report?.record.notes ?? []), ...(report?.lateNotes ?? [])]));

/** Starts items in order, at most `limit` at a time. Each sees what has finished before it starts. */
async function inParallel<T, R>(items: readonly T[], limit: number, work: (item: T, index: number, soFar: readonly R[]) => Promise<R>): Promise<R[]> {
  const finished: R[] = [];
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item === undefined) return;
      const result = await work(item, index, finished);
      finished.push(result);
      results[index] = result;
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}

/** Broken and cancelled runs outrank failures, which outrank commits without a script. */
function worst(results: readonly CommitResult[]): number {
  const codes = results.map(({ exitCode: code }) => code);
  const severity = (code: number): number => (code === exitCode.untestable ? 0.5 : code);
  return codes.reduce((a, b) => (severity(b) > severity(a) ? b : a), exitCode.ok);
}

function toJson({ commit, skipped, failure, report }: CommitResult): object {
  if (failure !== undefined) return { commit, failure: failure.message };
  return report === undefined ? { commit, skipped } : { commit, record: report.record };
}
