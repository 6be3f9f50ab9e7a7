import { commitMark, fieldMark, parseLogArguments, streamHistory } from '../../browse/history.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { printable } from '../../output/terminal-text.ts';
import { createRunLookup } from '../../store/run-lookup.ts';
import type { SelectedRun } from '../../store/run-selection.ts';
import type { Call } from '../command.ts';
import { statusSymbol, type ShownStatus } from '../render/status-symbol.ts';
import { recoverRuns } from '../session.ts';

export interface HistoryOptions {
  json?: boolean;
}

interface CommitLine {
  id: string;
  short: string;
  author: string;
  age: string;
  subject: string;
  decoration: string;
  /** Newest first. */
  runs: RunMark[];
}

interface RunMark {
  runId: string;
  status: ShownStatus;
  dirty: boolean;
}

/** `git jci log`. @returns the exit code. */
export async function showHistory(call: Call<HistoryOptions>): Promise<number> {
  const { repo, ctx, ui } = call;
  const parsed = parseLogArguments(call.args, call.rest);
  await recoverRuns(repo, ui);
  const lookUp = createRunLookup(repo);
  const shown: CommitLine[] = [];
  await streamHistory(repo, parsed, async (lines) => {
    const commits = lines.map(parseLine);
    const runs = await lookUp(commits.flatMap((commit) => (commit === undefined ? [] : [commit.id])));
    for (const commit of commits) if (commit !== undefined) commit.runs = (runs.get(commit.id) ?? []).map(toMark);
    if (ui.json) shown.push(...commits.filter((commit) => commit !== undefined));
    else ui.print(lines.map((line, index) => shownLine(line, commits[index], parsed.oneline, call)).join('\n'));
    return !ctx.stdout.closed;
  });
  if (ui.json) ui.printJson({ version: 1, commits: shown });
  return exitCode.ok;
}

function shownLine(line: string, commit: CommitLine | undefined, oneline: boolean, call: Call<HistoryOptions>): string {
  return commit === undefined ? line : line.slice(0, line.indexOf(commitMark)) + describe(commit, oneline, call);
}

/** `undefined` for a line that only draws the graph. */
function parseLine(line: string): CommitLine | undefined {
  const at = line.indexOf(commitMark);
  if (at < 0) return undefined;
  const [id = '', short = '', author = '', age = '', subject = '', decoration = ''] = line.slice(at + 1).split(fieldMark);
  return { id, short, author, age, subject, decoration: withoutRunRefs(decoration), runs: [] };
}

const withoutRunRefs = (decoration: string): string =>
  decoration.split(', ').filter((name) => name !== '' && !name.startsWith('refs/jci')).join(', ');

function toMark({ found, summary }: SelectedRun): RunMark {
  const { runId } = found.run;
  if (found.kind === 'live') return { runId, status: 'running', dirty: found.run.dirty };
  return { runId, status: summary?.outcome ?? summary?.status ?? 'unreadable', dirty: summary?.dirty === true };
}

/** The verdict is that of the newest run of the commit as it is: a dirty run tells nothing about it, so it is only named. */
function describe(commit: CommitLine, oneline: boolean, { ctx, ui }: Call<HistoryOptions>): string {
  const { out } = ui;
  const judge = commit.runs.find(({ dirty }) => !dirty);
  const symbol = statusSymbol(judge?.status ?? 'none', ctx, out);
  const names = commit.decoration === '' ? '' : ` ${out.cyan(`(${printable(commit.decoration)})`)}`;
  const line = `${symbol} ${out.yellow(commit.short)} ${printable(commit.subject)}${names}`;
  if (oneline) return line;
  const named = judge ?? commit.runs[0];
  const others = commit.runs.length > 1 ? ` and ${commit.runs.length - 1} more` : '';
  const run = named === undefined ? '' : `  ${named.dirty ? out.yellow('dirty ') : ''}${out.dim(`${named.runId}${others}`)}`;
  return `${line} ${out.dim(`${printable(commit.author)}, ${commit.age}`)}${run}`;
}
