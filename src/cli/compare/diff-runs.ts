import { exitCode } from '../../base/exit-codes.ts';
import { changedFiles, pairSteps, type ComparedFile } from '../../model/compare-runs.ts';
import { compareTests } from '../../model/test-history.ts';
import { findStoredRun } from '../../store/find-run.ts';
import { isArtefact, listFiles, readDetails, type ResultFile } from '../../store/read-result.ts';
import { readSummaries, type StoredRunRef } from '../../store/run-list.ts';
import type { Call } from '../command.ts';
import { recoverRuns } from '../session.ts';
import { describeComparison, type Comparison, type ComparedRun } from './describe-comparison.ts';

/** `git jci diff <a> [<b>]`. @returns the exit code. */
export async function diffRuns(call: Call<unknown>): Promise<number> {
  const { repo, ctx, ui, args } = call;
  await recoverRuns(repo, ui);
  const before = await findStoredRun(repo, args[0], (other) => words(other, args[1]));
  const after = await findStoredRun(repo, args[1], (other) => words(args[0], other));
  const comparison = await compare(call, before, after);
  if (ui.json) ui.printJson({ version: 1, ...comparison });
  else for (const line of await describeComparison(comparison, { ctx, colors: ui.out, width: ui.width })) ui.print(line);
  return exitCode.ok;
}

const words = (...runs: readonly (string | undefined)[]): string => ['git jci diff', ...runs].join(' ').trimEnd();

async function compare({ repo }: Call<unknown>, before: StoredRunRef, after: StoredRunRef): Promise<Comparison> {
  const summaries = await readSummaries(repo, [before, after]);
  const [a, b] = [await readDetails(repo, before), await readDetails(repo, after)];
  const [filesBefore, filesAfter] = [await listFiles(repo, before), await listFiles(repo, after)];
  const side = (run: StoredRunRef): ComparedRun => ({ ...run, summary: summaries.get(run.result) ?? null });
  return {
    before: side(before),
    after: side(after),
    steps: pairSteps(a.steps?.steps ?? [], b.steps?.steps ?? []),
    tests: compareTests(a.tests?.cases ?? [], b.tests?.cases ?? []),
    // The page of a run is never the same as another's.
    artefacts: changedFiles(comparedFiles(filesBefore), comparedFiles(filesAfter)),
  };
}

const comparedFiles = (files: readonly ResultFile[]): ComparedFile[] =>
  files.filter((file) => isArtefact(file) && file.path !== 'index.html').map(({ path, id, size }) => ({ path, id, size }));
