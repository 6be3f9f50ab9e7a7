import { readObjects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import { parseTests } from '../model/result-files.ts';
import type { RunTests } from '../model/test-history.ts';
import type { ResultSummary } from '../model/trailers.ts';
import { readSummaries, type StoredRunRef } from './run-list.ts';

/** The test cases of many runs with one git process; runs without any, or without a tree and script, are left out. */
export async function readRunTests(repo: Repository, runs: readonly StoredRunRef[]): Promise<RunTests[]> {
  const summaries = await readSummaries(repo, runs);
  const telling = runs.filter(({ result }) => isComparable(summaries.get(result)));
  const found: RunTests[] = [];
  let next = 0;
  await readObjects(repo, telling.map(({ result }) => `${result}:tests.json`), (object) => {
    const run = telling[next++];
    const summary = run === undefined ? undefined : summaries.get(run.result);
    const tests = parseTests(object?.body);
    if (run === undefined || summary === undefined || tests === undefined) return;
    const { runId, commit } = run;
    found.push({ runId, commit, tree: summary.tree ?? '', script: summary.script ?? '', dirty: summary.dirty, cases: tests.cases });
  });
  return found;
}

const isComparable = (summary: ResultSummary | undefined): boolean =>
  summary?.tree !== undefined && summary.script !== undefined && !summary.dirty;
