import { fieldMark, parseLogArguments, streamHistory } from '../../browse/history.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { loadSettings } from '../../config/load.ts';
import { createVerdictLookup, type CommitRuns } from '../../store/verdict-lookup.ts';
import type { Call } from '../command.ts';
import { isPlain, plainFit } from '../render/plain-fit.ts';
import { recoverRuns } from '../session.ts';
import { describeCommit, type CommitLine } from './describe-commit.ts';
import { toJson } from './history-json.ts';

export interface HistoryOptions {
  json?: boolean;
}

/** `git jci log`. @returns the exit code. */
export async function showHistory(call: Call<HistoryOptions>): Promise<number> {
  const { repo, ctx, ui } = call;
  const parsed = parseLogArguments(call.args, call.rest);
  await recoverRuns(repo, ui);
  const lookUp = createVerdictLookup(repo);
  const loading = loadSettings(repo);
  const shown: object[] = [];
  const streaming = streamHistory(repo, parsed, async (lines) => {
    const commits = lines.map(parseLine);
    const known = await lookUp(commits.filter((commit) => commit !== undefined), (await loading).settings);
    if (ui.json) shown.push(...commits.flatMap((commit) => (commit === undefined ? [] : [toJson(commit, known.get(commit.commit) ?? nothing)])));
    else ui.print(await shownLines(lines, commits, known, parsed.oneline, call));
    return !ctx.stdout.closed;
  });
  await Promise.all([loading, streaming]);
  if (ui.json) ui.printJson({ version: 1, commits: shown });
  return exitCode.ok;
}

const nothing: CommitRuns = { verdict: { verdict: 'none' }, runs: [] };

async function shownLines(
  lines: readonly string[],
  commits: readonly (CommitLine | undefined)[],
  known: ReadonlyMap<string, CommitRuns>,
  oneline: boolean,
  call: Call<HistoryOptions>,
): Promise<string> {
  const { width } = call.ui;
  // What measures any text is loaded only if a line is not plain: that takes 20 ms.
  const fit = !Number.isFinite(width) || lines.every((line) => isPlain(line.replaceAll(fieldMark, ''))) ? plainFit : await import('../render/any-fit.ts');
  const shown = lines.map((line, index) => {
    const commit = commits[index];
    if (commit === undefined) return line;
    const graph = line.slice(0, line.indexOf(fieldMark));
    return graph + describeCommit(commit, known.get(commit.commit) ?? nothing, oneline, call, { width: width - graph.length, fit });
  });
  return shown.join('\n');
}

/** `undefined` for a line that only draws the graph. */
function parseLine(line: string): CommitLine | undefined {
  const at = line.indexOf(fieldMark);
  if (at < 0) return undefined;
  const [commit = '', tree = '', short = '', author = '', age = '', decoration = '', subject = ''] = line.slice(at + 1).split(fieldMark);
  return { commit, tree, short, author, age, subject, decoration: withoutRunRefs(decoration) };
}

const withoutRunRefs = (decoration: string): string =>
  decoration.split(', ').filter((name) => name !== '' && !name.startsWith('refs/jci')).join(', ');
