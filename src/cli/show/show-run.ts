import { exitCode } from '../../base/exit-codes.ts';
import { readSubjects } from '../../git/subjects.ts';
import { requestedAt } from '../../model/run-id.ts';
import { readLiveProgress } from '../../run/live-progress.ts';
import { findRun } from '../../store/find-run.ts';
import { isArtefact, listFilesThere, readDetails } from '../../store/read-result.ts';
import { readSummaries, type StoredRunRef } from '../../store/run-list.ts';
import type { ActiveRun } from '../../store/active-run.ts';
import type { Call } from '../command.ts';
import { showsUnicode } from '../render/unicode.ts';
import { recoverRuns } from '../session.ts';
import { readAccount } from './account.ts';
import { describeLiveRun, type ShownLiveRun } from './live-run.ts';
import { needsLogTail, readLogTail } from './log-tail.ts';
import { describeRun } from './describe-run.ts';
import type { ShownRun } from './shown-run.ts';

/** `git jci show [<run>]`. @returns the exit code. */
export async function showRun(call: Call<unknown>): Promise<number> {
  const { repo, ctx, ui, args } = call;
  await recoverRuns(repo, ui);
  const found = await findRun(repo, args[0]);
  if (found.kind === 'live') {
    const live = await readLiveRun(call, found.run);
    if (ui.json) ui.printJson({ ...live, requestedAt: requestedAt(live.runId), live: true });
    else for (const line of await describeLiveRun(live, { ctx, colors: ui.out, width: ui.width })) ui.print(line);
    return exitCode.ok;
  }
  const shown = await readShownRun(call, found.run);
  if (ui.json) ui.printJson({ version: 1, live: false, requestedAt: requestedAt(shown.runId), ...shown });
  else for (const line of await describeRun(shown, { ctx, colors: ui.out, width: ui.width })) ui.print(line);
  return exitCode.ok;
}

async function readLiveRun({ repo }: Call<unknown>, run: ActiveRun): Promise<ShownLiveRun> {
  const [subjects, progress] = await Promise.all([readSubjects(repo, [run.commit]), readLiveProgress(repo, run)]);
  const steps = progress.steps.map(({ unfinished, ...step }) => ({ ...step, running: unfinished === true }));
  return { ...run, subject: subjects.get(run.commit) ?? null, annotations: progress.annotations, steps };
}

async function readShownRun({ repo, ctx }: Call<unknown>, run: StoredRunRef): Promise<ShownRun> {
  const [details, { files, moreThan }, summaries, subjects, account] = await Promise.all([
    readDetails(repo, run),
    listFilesThere(repo, run),
    readSummaries(repo, [run]),
    readSubjects(repo, [run.commit]),
    readAccount(repo, run),
  ]);
  const artefacts = files.filter(isArtefact).map(({ path, size, mode }) => ({ path, size, link: mode === '120000' }));
  const known = {
    ...run,
    subject: subjects.get(run.commit) ?? null,
    summary: summaries.get(run.result) ?? null,
    record: details.record ?? null,
    steps: details.steps?.steps ?? [],
    tests: details.tests ?? null,
    account,
    artefacts: moreThan === undefined ? artefacts : null,
    whyNoArtefacts: moreThan === undefined ? null : `more than ${moreThan}`,
  };
  return { ...known, logTail: needsLogTail(known) ? await readLogTail(repo, run, showsUnicode(ctx)) : null };
}
