import { tryGit, lastWords } from '../git/exec.ts';
import { usageError } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { createRecordSplitter } from '../git/record-splitter.ts';
import type { Repository } from '../git/repository.ts';
import { runRefPrefix } from '../model/run-ref.ts';
import { isLogOption, logOptionNames, takesValue } from './log-options.ts';
import { whyNoHistory } from './why-no-history.ts';

/** A command line of `git jci log`, taken apart. */
export interface LogArguments {
  options: string[];
  revisions: string[];
  paths: string[];
  oneline: boolean;
}

/**
 * Sorts out the words after `git jci log`.
 * @throws JciError (usage) for an option that is not on the list.
 */
export function parseLogArguments(words: readonly string[], paths: readonly string[]): LogArguments {
  const parsed: LogArguments = { options: [], revisions: [], paths: [...paths], oneline: false };
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (!word.startsWith('-')) {
      parsed.revisions.push(word);
      continue;
    }
    const full = takesValue(word) ? joinValue(word, words[(index += 1)]) : word;
    if (!isLogOption(full)) throw notAllowed(full);
    if (full === '--oneline') parsed.oneline = true;
    else parsed.options.push(full);
  }
  return parsed;
}

function joinValue(option: string, value: string | undefined): string {
  if (value === undefined) throw usageError(`${option} needs a value`);
  if (option === '-n' && !/^\d+$/.test(value)) throw usageError(`-n: '${value}' is not a whole number`);
  return option === '-n' ? `-n${value}` : `${option}=${value}`;
}

function notAllowed(word: string): Error {
  const option = word.replace(/=.*/s, '');
  const near = option.startsWith('--') ? nearest(option, logOptionNames) : undefined;
  return usageError(`git log's ${option} is not passed on`, {
    hint: near === undefined ? `what is: ${logOptionNames.join(' ')}, revisions, and paths after --` : `did you mean: ${near}`,
  });
}

/** Starts what stands for a commit in the output of `streamHistory`, and stands between its fields: no name or subject can hold it. */
export const fieldMark = '\0';

/** UTF-16 units of a line that are kept. A subject may be of any length, so it comes last. */
const longestLine = 64 * 1024;

/**
 * Streams `git log`: lines with `<id> <tree> <abbreviated> <author> <date> <decoration> <subject>`, a `fieldMark` before each
 * field, behind whatever `--graph` draws.
 * @param onLines takes those that have come meanwhile, and returns `false` to stop. git waits while it is at work.
 * @throws JciError (3) for revisions git does not know, (128) when HEAD has no commit yet, (usage) for values it cannot use.
 */
export async function streamHistory(
  repo: Repository,
  { options, revisions, paths }: LogArguments,
  onLines: (lines: readonly string[]) => Promise<boolean>,
): Promise<void> {
  const format = `--format=${['%H', '%T', '%h', '%an', '%cr', '%D', '%s'].map((field) => `%x00${field}`).join('')}`;
  const stop = new AbortController();
  const output = createRecordSplitter('\n', longestLine);
  const result = await tryGit(repo, ['log', format, '--no-color', ...options.flatMap(withoutResults), '--end-of-options', ...revisions, '--', ...paths], {
    signal: stop.signal,
    async onStdout(chunk) {
      const lines = output.take(chunk);
      if (lines.length > 0 && !stop.signal.aborted && !(await onLines(lines))) stop.abort();
    },
  });
  if (output.rest() !== '' && !stop.signal.aborted) await onLines([output.rest()]);
  if (!stop.signal.aborted && result.exitCode !== 0) throw await whyNoHistory(repo, revisions, lastWords(result.stderr));
}

/** Results are commits too, but no history. */
const withoutResults = (option: string): string[] => (option === '--all' ? [`--exclude=${runRefPrefix}*`, option] : [option]);
