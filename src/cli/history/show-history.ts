import { commitMark, fieldMark, parseLogArguments, streamHistory } from '../../browse/history.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { printable } from '../../output/terminal-text.ts';
import { listAllRuns, type FoundRun } from '../../store/find-run.ts';
import { readSummaries } from '../../store/run-list.ts';
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
  runs: { runId: string; status: ShownStatus }[];
}

/** `git jci log`. @returns the exit code. */
export async function showHistory(call: Call<HistoryOptions>): Promise<number> {
  const { repo, ctx, ui } = call;
  const parsed = parseLogArguments(call.args, call.rest);
  await recoverRuns(repo, ui);
  const runs = await runsByCommit(call);
  const commits: CommitLine[] = [];
  await streamHistory(repo, parsed, (line) => {
    const at = line.indexOf(commitMark);
    if (at < 0) {
      if (!ui.json) ui.print(line);
      return !ctx.stdout.closed;
    }
    const commit = parseCommit(line.slice(at + 1), runs);
    if (ui.json) commits.push(commit);
    else ui.print(line.slice(0, at) + describe(commit, parsed.oneline, call));
    return !ctx.stdout.closed;
  });
  if (ui.json) ui.printJson({ version: 1, commits });
  return exitCode.ok;
}

/** The runs of each commit, newest first, with what they ended as. */
async function runsByCommit({ repo }: Call<HistoryOptions>): Promise<Map<string, CommitLine['runs']>> {
  const all = await listAllRuns(repo);
  const summaries = await readSummaries(repo, all.flatMap((found) => (found.kind === 'stored' ? [found.run] : [])));
  const status = (found: FoundRun): ShownStatus => {
    if (found.kind === 'live') return 'running';
    const summary = summaries.get(found.run.result);
    return summary?.outcome ?? summary?.status ?? 'unreadable';
  };
  const byCommit = new Map<string, CommitLine['runs']>();
  for (const found of all) {
    const runs = byCommit.get(found.run.commit) ?? [];
    runs.push({ runId: found.run.runId, status: status(found) });
    byCommit.set(found.run.commit, runs);
  }
  return byCommit;
}

function parseCommit(text: string, runs: Map<string, CommitLine['runs']>): CommitLine {
  const [id = '', short = '', author = '', age = '', subject = '', decoration = ''] = text.split(fieldMark);
  return { id, short, author, age, subject, decoration: withoutRunRefs(decoration), runs: runs.get(id) ?? [] };
}

const withoutRunRefs = (decoration: string): string =>
  decoration.split(', ').filter((name) => name !== '' && !name.startsWith('refs/jci')).join(', ');

function describe(commit: CommitLine, oneline: boolean, { ctx, ui }: Call<HistoryOptions>): string {
  const { out } = ui;
  const [latest] = commit.runs;
  const symbol = statusSymbol(latest?.status ?? 'none', ctx, out);
  const names = commit.decoration === '' ? '' : ` ${out.cyan(`(${printable(commit.decoration)})`)}`;
  const line = `${symbol} ${out.yellow(commit.short)} ${printable(commit.subject)}${names}`;
  if (oneline) return line;
  const run = latest === undefined ? '' : `  ${latest.runId}${commit.runs.length > 1 ? ` and ${commit.runs.length - 1} more` : ''}`;
  return `${line} ${out.dim(`${printable(commit.author)}, ${commit.age}${run}`)}`;
}
