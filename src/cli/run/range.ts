import { readSubjects } from '../../git/subjects.ts';
import { branchOfRange, getCommit, listRange } from '../../git/revisions.ts';
import { JciError, messageOf, refusal } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import type { ObjectId } from '../../model/object-id.ts';
import { cancelSignals } from '../../model/outcome.ts';
import { createCancellation, type Cancellation } from '../../run/cancellation.ts';
import { planCommit } from '../../run/plan.ts';
import type { RunEvent, RunRequest } from '../../run/request.ts';
import { runOnce } from '../../run/run-once.ts';
import { verdictOf } from '../../store/verdict.ts';
import type { Call } from '../command.ts';
import type { Ui } from '../render/ui.ts';
import { createLiveTable, type LiveTable } from '../render/live-table.ts';
import { showsUnicode } from '../render/unicode.ts';
import { recoverRuns } from '../session.ts';
import { onCancelSignals } from '../signals.ts';
import { afterRange } from './after-run.ts';
import { rowEnd, summaryLine, toJson, type CommitResult } from './commit-result.ts';
import { parseBranch, parseJobs, type RunOptions } from './options.ts';
import { lastLineOf } from './last-line.ts';
import { prepareRequests, withPlan, type RequestBase } from './single.ts';

/**
 * `git jci run a..b`: every commit, oldest first, several at a time, each in its own worktree.
 *
 * The first failure stops further starts unless `--keep-going`. @returns the worst exit code.
 */
export async function runRange(call: Call<RunOptions>, range: string): Promise<number> {
  const { repo, ctx, options, ui } = call;
  await recoverRuns(repo, ui);
  const named = parseBranch(options.branch);
  const [commits, prepared] = await Promise.all([listRange(repo, range), prepareRequests(call)]);
  if (commits.length === 0) throw refusal(`the range '${range}' holds no commit`);
  const [subjects, branch] = await Promise.all([readSubjects(repo, commits), named ?? branchOfRange(repo, range)]);
  const base = { ...prepared, branch };
  const titles = commits.map((commit) => ({ id: commit, title: subjects.get(commit) ?? '' }));
  const table = createLiveTable(ctx, titles, { show: ui.json ? 'nothing' : options.quiet === true ? 'failures' : 'progress' });
  const cancellations = commits.map(() => createCancellation(() => ctx.elapsed()));
  const release = onCancelSignals((signal) => {
    for (const cancellation of cancellations) cancellation.cancel(signal, `cancelled by ${signal}`);
  });
  try {
    const jobs = parseJobs(options.jobs, base.settings.concurrency);
    const results = await inParallel(commits, jobs, async (commit, index, soFar: readonly CommitResult[]) => {
      const cancellation = cancellations[index] ?? createCancellation(() => ctx.elapsed());
      const result = await runCommit(call, base, commit, { table, cancellation, soFar }).catch((error: unknown) => {
        // What goes on would be nobody's.
        for (const other of cancellations) other.breakOff(`the range was broken off: ${messageOf(error)}`);
        throw error;
      });
      table.finish(commit, rowEnd(result));
      return result;
    });
    table.end();
    const code = worst(results);
    if (ui.json) ui.printJson(toJson(results, subjects));
    else sayResults(call, results, code);
    return await afterRange(call, base, results.flatMap((result) => (result.kind === 'ran' ? result.report : [])), code);
  } finally {
    release();
  }
}

interface RangeState {
  table: LiveTable;
  cancellation: Cancellation;
  soFar: readonly CommitResult[];
}

type RangeBase = RequestBase & Pick<RunRequest, 'branch'>;

async function runCommit(call: Call<RunOptions>, base: RangeBase, commit: ObjectId, state: RangeState): Promise<CommitResult> {
  const { repo, ctx, options } = call;
  const { table, cancellation, soFar } = state;
  if (cancellation.signal.aborted) return notStarted(commit, cancellation);
  if (options.keepGoing !== true && soFar.some(hasFailed)) {
    return { commit, kind: 'not started', why: 'an earlier commit failed', exitCode: exitCode.ok };
  }
  const facts = await getCommit(repo, commit);
  if (facts.script === undefined) return { commit, kind: 'no script', exitCode: exitCode.untestable };
  if (options.ifNeeded === true) {
    const known = await verdictOf(repo, facts, base.settings);
    if (known.verdict === 'passed') return { commit, kind: 'passed already', run: known.run, exitCode: exitCode.ok };
  }
  table.start(commit);
  try {
    const report = await runOnce(repo, {
      ...(await withPlan(call, base, planCommit(facts, base.branch))),
      cancellation,
      terminal: lastLineOf(showsUnicode(ctx), (line) => table.update(commit, line)),
      notify: (event) => showEvent(table, commit, event),
    });
    return { commit, kind: 'ran', report, exitCode: report.exitCode };
  } catch (error) {
    if (!(error instanceof JciError)) throw error;
    if (error.exitCode === cancelCode(cancellation)) return notStarted(commit, cancellation);
    return { commit, kind: 'not stored', failure: error, exitCode: error.exitCode };
  }
}

/** A commit that cannot be tested says nothing of the others. */
const hasFailed = ({ exitCode: code }: CommitResult): boolean => code !== exitCode.ok && code !== exitCode.untestable;

const notStarted = (commit: ObjectId, cancellation: Cancellation): CommitResult => ({
  commit,
  kind: 'not started',
  why: 'cancelled',
  exitCode: cancelCode(cancellation) ?? exitCode.terminated,
});

/** `undefined` while nobody has cancelled it. */
function cancelCode({ signal, verdict }: Cancellation): number | undefined {
  const { cancelSignal = 'SIGTERM' } = verdict();
  return signal.aborted ? cancelSignals[cancelSignal] : undefined;
}

function showEvent(table: LiveTable, commit: ObjectId, event: RunEvent): void {
  if (event.kind === 'waiting') table.update(commit, `waiting for ${event.for}`);
  if (event.kind === 'storing') table.update(commit, 'storing');
}

/** What the table has no room for, and the sum of it last. */
function sayResults({ options, ui }: Call<RunOptions>, results: readonly CommitResult[], code: number): void {
  for (const result of results) if (result.kind === 'not stored') tellFailure(ui, result.failure);
  for (const note of notesOf(results)) ui.warn(note);
  if (options.quiet === true && code === exitCode.ok) return;
  const color = code === exitCode.ok ? ui.err.green : ui.err.red;
  ui.say(color(summaryLine(results)));
}

function tellFailure(ui: Ui, failure: JciError): void {
  ui.warn(failure.message);
  if (failure.hint !== undefined) ui.say(`hint: ${failure.hint}`);
}

/** Each sentence once: what is wrong with the machine is wrong with every run. */
const notesOf = (results: readonly CommitResult[]): Set<string> =>
  new Set(results.flatMap((result) => (result.kind === 'ran' ? [...result.report.record.notes, ...result.report.lateNotes] : [])));

/**
 * Starts items in order, at most `limit` at a time. Each sees what has finished before it starts.
 * @throws the first error, when all that had been started is over.
 */
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
  const workers = Array.from({ length: Math.min(limit, items.length) }, worker);
  await Promise.allSettled(workers);
  await Promise.all(workers);
  return results;
}

/** Broken and cancelled runs outrank failures, which outrank commits without a script. */
function worst(results: readonly CommitResult[]): number {
  const codes = results.map(({ exitCode: code }) => code);
  const severity = (code: number): number => (code === exitCode.untestable ? 0.5 : code);
  return codes.reduce((a, b) => (severity(b) > severity(a) ? b : a), exitCode.ok);
}
