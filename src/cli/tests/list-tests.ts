import { formatDuration } from '../../base/duration.ts';
import { usageError } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import type { TestCase } from '../../model/test-case.ts';
import { printable } from '../../output/terminal-text.ts';
import { findStoredRun } from '../../store/find-run.ts';
import { readDetails } from '../../store/read-result.ts';
import type { Call } from '../command.ts';
import { statusSymbol } from '../render/status-symbol.ts';
import { renderTable } from '../render/table.ts';
import { recoverRuns } from '../session.ts';
import { failureLines } from '../show/run-parts.ts';

export interface TestsOptions {
  failed?: boolean;
  slowest?: string;
  json?: boolean;
}

/** `git jci tests [<run>]`. @returns the exit code. */
export async function listTests(call: Call<TestsOptions>): Promise<number> {
  const { repo, ctx, ui, args, options } = call;
  await recoverRuns(repo, ui);
  const run = await findStoredRun(repo, args[0], (other) => `git jci tests ${other}`);
  const { tests } = await readDetails(repo, run);
  const cases = choose(tests?.cases ?? [], options);
  if (ui.json) ui.printJson({ version: 1, runId: run.runId, commit: run.commit, totals: tests?.totals ?? null, cases });
  else if (tests === undefined) ui.say(`run ${run.runId} has no test reports: write JUnit XML or TAP files into $JCI_OUTPUT_DIR`);
  else if (options.failed === true) for (const test of cases) for (const line of failureLines(test, { ctx, colors: ui.out })) ui.print(line);
  else ui.print(await renderTable(cases.map((test) => row(call, test)), { width: ui.width, alignRight: [1], flexible: 0 }));
  return exitCode.ok;
}

const isFailure = ({ status }: TestCase): boolean => status === 'failed' || status === 'error';

function choose(cases: readonly TestCase[], { failed, slowest }: TestsOptions): TestCase[] {
  const chosen = failed === true ? cases.filter(isFailure) : [...cases].sort((a, b) => Number(isFailure(b)) - Number(isFailure(a)));
  if (slowest === undefined) return chosen;
  if (!/^[1-9]\d{0,6}$/.test(slowest)) throw usageError(`--slowest: '${slowest}' is not a whole number of at least 1`);
  return chosen.sort((a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0)).slice(0, Number(slowest));
}

function row({ ctx, ui }: Call<TestsOptions>, { suite, name, status, durationMs }: TestCase): string[] {
  const title = suite === '' ? printable(name) : `${ui.out.dim(`${printable(suite)} >`)} ${printable(name)}`;
  const shown = status === 'error' ? 'failed' : status;
  return [`${statusSymbol(shown, ctx, ui.out)} ${title}`, durationMs === null ? '' : formatDuration(durationMs)];
}
