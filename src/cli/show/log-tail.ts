import { JciError } from '../../base/errors.ts';
import { streamLog } from '../../browse/stored-log.ts';
import type { Repository } from '../../git/repository.ts';
import { plainLook, readableText } from '../../output/readable-command.ts';
import { stripEscapes } from '../../output/strip-escapes.ts';
import { printable } from '../../output/terminal-text.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import { findTail } from '../logs/find-tail.ts';
import type { Look, ShownRun } from './shown-run.ts';

const shownLines = 10;
/** Our own lines at the end of a log are not what the script said last: so many more are read. */
const footerLines = 100;
/** A line with more is no text. */
const maxColumns = 500;

/** True for a run that failed, with neither a test nor a step to point at. */
export const needsLogTail = ({ summary, steps, tests }: Pick<ShownRun, 'summary' | 'steps' | 'tests'>): boolean =>
  summary?.status === 'err' &&
  !steps.some(({ exitCode, unfinished }) => unfinished === true || (exitCode ?? 0) !== 0) &&
  !(tests?.cases ?? []).some(({ status }) => status === 'failed' || status === 'error');

/** The last lines that the script wrote, as a person reads them; none if there are none that can be read. */
export async function readLogTail(repo: Repository, run: StoredRunRef, unicode: boolean): Promise<string[]> {
  const tail = findTail(shownLines + footerLines);
  try {
    await streamLog(repo, run, (chunk) => {
      tail.take(chunk);
      return true;
    });
  } catch (error) {
    // Results come from others too: without a log, or without its object, there is still the rest to show.
    if (error instanceof JciError) return [];
    throw error;
  }
  const text = stripEscapes(tail.end().bytes ?? Buffer.alloc(0)).toString('utf8');
  const lines = readableText(text, plainLook(unicode)).split('\n').map(lastState);
  const end = lines.findLastIndex((line) => line !== '' && !line.startsWith('git jci: '));
  return lines.slice(Math.max(0, end + 1 - shownLines), end + 1);
}

/** Of a line that was written over (a progress bar) what a terminal would show in the end. */
const lastState = (line: string): string => line.trimEnd().split('\r').at(-1) ?? '';

/** The end of the log, and where the rest is. */
export function logTailLines({ logTail, runId }: ShownRun, { colors }: Look): string[] {
  if (logTail === null) return [];
  return [
    '',
    `${colors.bold(logTail.length === 0 ? 'Log' : 'End of the log')}${colors.dim(`  git jci logs ${runId}`)}`,
    ...logTail.map((line) => `  ${printable(line).slice(0, maxColumns)}`.trimEnd()),
  ];
}
