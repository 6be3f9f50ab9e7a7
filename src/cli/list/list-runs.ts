import type { Context } from '../../base/context.ts';
import { formatAge, formatDuration } from '../../base/duration.ts';
import { usageError } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { findCommit, getCommit } from '../../git/revisions.ts';
import { shortId } from '../../model/object-id.ts';
import { isOutcome, isRunStatus } from '../../model/outcome.ts';
import { formatRunDuration } from '../../model/run-duration.ts';
import { requestedAt, runIdSeconds } from '../../model/run-id.ts';
import { printable } from '../../output/terminal-text.ts';
import type { RunSelection, SelectedRun, SelectedRuns } from '../../store/run-selection.ts';
import { selectRuns } from '../../store/select-runs.ts';
import type { Call } from '../command.ts';
import type { Colors } from '../render/colors.ts';
import { statusSymbol, type ShownStatus } from '../render/status-symbol.ts';
import { renderTable } from '../render/table.ts';
import { showsUnicode } from '../render/unicode.ts';
import { recoverRuns } from '../session.ts';
import { tellSameTree } from './tell-same-tree.ts';

export interface ListOptions {
  branch?: string;
  status?: string;
  limit?: string;
  all?: boolean;
  json?: boolean;
}

const defaultLimit = 20;

/** `git jci ls`. @returns the exit code. */
export async function listRuns(call: Call<ListOptions>): Promise<number> {
  const { repo, ui } = call;
  await recoverRuns(repo, ui);
  const selected = await selectRuns(repo, await selectionOf(call));
  const { runs } = selected;
  if (ui.json) {
    ui.printJson({ version: 1, runs: runs.map(toJson) });
    return exitCode.ok;
  }
  if (runs.length > 0) await printTable(call, selected);
  const elsewhere = await tellSameTree(call, runs);
  if (elsewhere !== undefined) ui.say(elsewhere);
  else if (runs.length === 0) ui.say(noneListed(call.options));
  return exitCode.ok;
}

/** Where a status is asked for there may well be others. */
function noneListed({ all, status }: ListOptions): string {
  const where = all === true ? '' : ' here';
  return status === undefined ? `no runs${where}; start one with: git jci run` : `no run${where} matches --status ${status}; without it all are listed`;
}

async function selectionOf({ repo, args, options }: Call<ListOptions>): Promise<RunSelection> {
  const limit = parseLimit(options.limit);
  const status = options.status;
  const common = { limit, subjects: options.json !== true, ...(status !== undefined && (isRunStatus(status) || isOutcome(status)) ? { status } : {}) };
  const [revision] = args;
  if (revision !== undefined) return { ...common, commit: (await getCommit(repo, revision)).commit };
  if (options.all === true) return common;
  if (options.branch !== undefined) return { ...common, historyOf: (await getCommit(repo, options.branch)).commit };
  const head = repo.head ?? (repo.workTree === undefined ? await findCommit(repo, 'HEAD') : undefined);
  return head === undefined ? common : { ...common, historyOf: head.commit };
}

function parseLimit(text: string | undefined): number | undefined {
  if (text === undefined) return defaultLimit;
  if (!/^\d{1,7}$/.test(text)) throw usageError(`--limit: '${text}' is not a whole number`);
  return Number(text) === 0 ? undefined : Number(text);
}

async function printTable({ ctx, ui }: Call<ListOptions>, { runs, subjects }: SelectedRuns): Promise<void> {
  const symbol = symbols(ctx, ui.out);
  const rows = runs.map(({ found, summary }) => {
    const { runId, commit } = found.run;
    const branch = found.kind === 'live' ? found.run.branch : summary?.branch;
    const dirty = found.kind === 'live' ? found.run.dirty : summary?.dirty === true;
    return [
      symbol(stateOf(found, summary)),
      runId,
      ui.out.yellow(shortId(commit)),
      ui.out.dim(formatAge(ctx.now() - runIdSeconds(runId) * 1000)),
      durationOf(found, summary, ctx.now()),
      printable(branch ?? ''),
      `${dirty ? ui.out.yellow('dirty ') : ''}${printable(subjects.get(commit) ?? '(commit not here)')}`,
    ];
  });
  ui.print(await renderTable(rows, { width: ui.width, alignRight: [4], flexible: 6, expendable: [5, 3, 2, 4], more: showsUnicode(ctx) ? '…' : '>' }));
}

/** Each is made once: to ask for the locale takes longer than the rest of a row. */
function symbols(ctx: Context, colors: Colors): (state: ShownStatus) => string {
  const made = new Map<ShownStatus, string>();
  return (state) => {
    const known = made.get(state) ?? statusSymbol(state, ctx, colors);
    made.set(state, known);
    return known;
  };
}

/** Of a run under way: so far. One that waits has not begun. */
function durationOf(found: SelectedRun['found'], summary: SelectedRun['summary'], now: number): string {
  if (found.kind === 'stored') return summary?.durationMs === undefined ? '' : formatRunDuration(summary.durationMs, summary.outcome);
  const { phase, startedAt } = found.run;
  return phase === 'waiting' ? '' : formatDuration(Math.max(0, now - Date.parse(startedAt)));
}

/** What the symbol shows. */
function stateOf(found: SelectedRun['found'], summary: SelectedRun['summary']): ShownStatus {
  if (found.kind === 'live') return 'running';
  return summary?.outcome ?? summary?.status ?? 'unreadable';
}

function toJson({ found, summary }: SelectedRun): object {
  const { runId, commit } = found.run;
  const common = { runId, commit, requestedAt: requestedAt(runId) };
  if (found.kind === 'live') {
    const { startedAt, branch, trigger, dirty, clean, phase } = found.run;
    return { ...common, status: 'running', phase, startedAt, branch, trigger, dirty, clean };
  }
  return { ...common, ref: found.run.ref, result: found.run.result, ...summary, about: undefined };
}
