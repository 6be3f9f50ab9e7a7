import { shortId } from '../../model/object-id.ts';
import { printable } from '../../output/terminal-text.ts';
import type { RunKey } from '../../model/run-ref.ts';
import type { VerdictFound } from '../../store/judge-commits.ts';
import type { SelectedRun } from '../../store/run-selection.ts';
import type { CommitRuns } from '../../store/verdict-lookup.ts';
import type { Call } from '../command.ts';
import type { Colors } from '../render/colors.ts';
import type { Fit } from '../render/fit.ts';
import { statusSymbol, type ShownStatus } from '../render/status-symbol.ts';
import { showsUnicode } from '../render/unicode.ts';

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

/** The columns there are for a line, and what measures text. */
export interface LineRoom {
  width: number;
  fit: Fit;
}

/** A shorter subject says nothing: then it is the end of the line that is cut. */
const leastSubject = 12;

/** One line of `git jci log`: the verdict as `git jci status` has it, the commit, and the run that says so. */
export function describeCommit(commit: CommitLine, known: CommitRuns, oneline: boolean, { ctx, ui }: Pick<Call<unknown>, 'ctx' | 'ui'>, room: LineRoom): string {
  const { out } = ui;
  const head = `${statusSymbol(shownStatus(known.verdict), ctx, out)} ${out.yellow(commit.short)} `;
  const names = commit.decoration === '' ? '' : ` ${out.cyan(`(${printable(commit.decoration)})`)}`;
  const tail = oneline ? names : `${names} ${describeRuns(commit, known, out)}`;
  const subject = printable(commit.subject);
  if (!Number.isFinite(room.width)) return head + subject + tail;
  const { displayWidth, truncate } = room.fit;
  const more = showsUnicode(ctx) ? '…' : '>';
  const columns = Math.max(leastSubject, room.width - displayWidth(head) - displayWidth(tail));
  return truncate(head + truncate(subject, columns, more) + tail, room.width, more);
}

function describeRuns(commit: CommitLine, { verdict, runs }: CommitRuns, out: Colors): string {
  const judge = judgeOf(verdict);
  const why = judge === undefined && runs[0] !== undefined ? `${out.yellow(whyNot(runs[0]))} ` : '';
  const run = runWords(commit, judge ?? runs[0]?.found.run, runs);
  return `${out.dim(`${printable(commit.author)}, ${commit.age}`)}${run === '' ? '' : `  ${why}${out.dim(run)}`}`;
}

/** Of what failed, the symbol tells also that it was a timeout. */
const shownStatus = (verdict: VerdictFound): ShownStatus => ('run' in verdict ? (verdict.summary.outcome ?? verdict.summary.status) : verdict.verdict);

function judgeOf(verdict: VerdictFound): RunKey | undefined {
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
function runWords({ commit }: CommitLine, run: RunKey | undefined, runs: readonly SelectedRun[]): string {
  if (run === undefined) return '';
  if (run.commit === commit) return `${run.runId}${runs.length > 1 ? ` and ${runs.length - 1} more` : ''}`;
  const own = runs.length === 0 ? '' : ` and ${runs.length} of its own`;
  return `${run.runId} of ${shortId(run.commit)}, same tree${own}`;
}
