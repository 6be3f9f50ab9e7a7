import { messageOf, usageError } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { searchLogs, type LogMatch } from '../../browse/search-logs.ts';
import { getCommit, isRange, listRange } from '../../git/revisions.ts';
import { shortId } from '../../model/object-id.ts';
import { plainLook, readableCommand } from '../../output/readable-command.ts';
import { printable } from '../../output/terminal-text.ts';
import { listStoredRuns, readSummaries, type StoredRunRef } from '../../store/run-list.ts';
import type { Call } from '../command.ts';
import { showsUnicode } from '../render/unicode.ts';
import { recoverRuns } from '../session.ts';

export interface GrepOptions {
  ignoreCase?: boolean;
  fixedStrings?: boolean;
  runsWithMatches?: boolean;
  maxCount?: string;
  failed?: boolean;
  json?: boolean;
}

/** `git jci grep <pattern> [<range>]`. @returns 0 when something was found, else 1, as grep does. */
export async function grepLogs(call: Call<GrepOptions>): Promise<number> {
  const { repo, ctx, ui, args, options } = call;
  const pattern = compile(args[0] ?? '', options);
  const maxPerRun = options.runsWithMatches === true ? 1 : parseMax(options.maxCount);
  await recoverRuns(repo, ui);
  const runs = await runsInScope(call, args[1]);
  const found = await searchLogs(repo, runs, { pattern, unicode: showsUnicode(ctx), maxPerRun }, (match) => {
    print(call, match, pattern);
    return !ctx.stdout.closed;
  });
  return found > 0 ? exitCode.ok : exitCode.failed;
}

function compile(text: string, { fixedStrings, ignoreCase }: GrepOptions): RegExp {
  const source = fixedStrings === true ? text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : text;
  try {
    return new RegExp(source, ignoreCase === true ? 'iu' : 'u');
  } catch (error) {
    throw usageError(`'${text}' is not a regular expression: ${messageOf(error)}`, { hint: 'search for plain text with -F' });
  }
}

function parseMax(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw usageError(`--max-count: '${text}' is not a whole number of at least 1`);
  return Number(text);
}

async function runsInScope({ repo, options }: Call<GrepOptions>, range: string | undefined): Promise<StoredRunRef[]> {
  const all = await listStoredRuns(repo);
  const commits = range === undefined ? undefined : new Set(await commitsOf({ repo }, range));
  const inRange = commits === undefined ? all : all.filter(({ commit }) => commits.has(commit));
  if (options.failed !== true) return inRange;
  const summaries = await readSummaries(repo, inRange);
  return inRange.filter(({ result }) => summaries.get(result)?.status === 'err');
}

async function commitsOf({ repo }: Pick<Call<unknown>, 'repo'>, range: string): Promise<string[]> {
  return isRange(range) ? listRange(repo, range) : [(await getCommit(repo, range)).commit];
}

function print({ ctx, ui, options }: Call<GrepOptions>, { run, line, text }: LogMatch, pattern: RegExp): void {
  if (ui.json) {
    ui.printJson({ version: 1, runId: run.runId, commit: run.commit, line, text });
    return;
  }
  const { out } = ui;
  const where = `${run.runId} ${out.yellow(shortId(run.commit))}`;
  if (options.runsWithMatches === true) {
    ui.print(where);
    return;
  }
  const everywhere = new RegExp(pattern, `${pattern.flags}g`);
  ui.print(`${where} ${out.dim(`${line}:`)} ${printable(asShown(text, showsUnicode(ctx))).replace(everywhere, (hit) => (hit === '' ? '' : out.red(hit)))}`);
}

/** What `logs` shows of a command; if that is nothing, the command itself. */
function asShown(text: string, unicode: boolean): string {
  const shown = readableCommand(text, plainLook(unicode));
  return shown === undefined || shown === '' ? text : shown;
}
