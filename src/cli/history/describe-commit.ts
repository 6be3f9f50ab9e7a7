import { shortId } from '../../model/object-id.ts';
import { printable } from '../../output/terminal-text.ts';
import type { VerdictFound } from '../../store/judge-commits.ts';
import type { SelectedRun } from '../../store/run-selection.ts';
import type { CommitRuns } from '../../store/verdict-lookup.ts';
import type { Call } from '../command.ts';
import { statusSymbol, type ShownStatus } from '../render/status-symbol.ts';

/** A commit as `git log` tells it. */
export interface CommitLine {
  commit: string;
  tree: string;
  short: string;
  author: string;
  age: string;
  subject: string;
  decoration: string;
}

/** One line of `git jci log`: the verdict as `git jci status` has it, the commit, and the run that says so. */
export function describeCommit(commit: CommitLine, { verdict, runs }: CommitRuns, oneline: boolean, { ctx, ui }: Pick<Call<unknown>, 'ctx' | 'ui'>): string {
  const { out } = ui;
  const names = commit.decoration === '' ? '' : ` ${out.cyan(`(${printable(commit.decoration)})`)}`;
  const line = `${statusSymbol(shownStatus(verdict), ctx, out)} ${out.yellow(commit.short)} ${printable(commit.subject)}${names}`;
  if (oneline) return line;
  const judge = judgeOf(verdict);
  const why = judge === undefined && runs[0] !== undefined ? `${out.yellow(whyNot(runs[0]))} ` : '';
  const run = runWords(commit, judge ?? runs[0]?.found.run, runs);
  return `${line} ${out.dim(`${printable(commit.author)}, ${commit.age}`)}${run === '' ? '' : `  ${why}${out.dim(run)}`}`;
}

/** Of what failed, the symbol tells also that it was a timeout. */
const shownStatus = (verdict: VerdictFound): ShownStatus => ('run' in verdict ? (verdict.summary.outcome ?? verdict.summary.status) : verdict.verdict);

interface NamedRun {
  commit: string;
  runId: string;
}

function judgeOf(verdict: VerdictFound): NamedRun | undefined {
  if ('run' in verdict) return verdict.run;
  return 'live' in verdict ? verdict.live : undefined;
}

/** Why the newest run of a commit without a verdict is none. */
function whyNot({ found, summary }: SelectedRun): string {
  if (found.kind === 'live') return found.run.dirty ? 'dirty, running' : 'running';
  if (summary === undefined) return 'unreadable';
  if (summary.dirty) return 'dirty';
  return summary.outcome === 'passed' || summary.outcome === 'failed' || summary.outcome === 'timeout' || summary.outcome === undefined
    ? 'does not count'
    : summary.outcome;
}

/** A run, whose it is unless it is the commit's own, and how many others the commit has. */
function runWords({ commit }: CommitLine, run: NamedRun | undefined, runs: readonly SelectedRun[]): string {
  if (run === undefined) return '';
  if (run.commit === commit) return `${run.runId}${runs.length > 1 ? ` and ${runs.length - 1} more` : ''}`;
  const own = runs.length === 0 ? '' : ` and ${runs.length} of its own`;
  return `${run.runId} of ${shortId(run.commit)}, same tree${own}`;
}
