import { createReadStream } from 'node:fs';
import { followLog } from '../../browse/follow-log.ts';
import { streamLog, type LogTaker } from '../../browse/stored-log.ts';
import { hasCode, refusal, usageError } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import type { Step } from '../../model/step.ts';
import type { ActiveRun } from '../../store/active-run.ts';
import type { FoundRun } from '../../store/all-runs.ts';
import { findRun } from '../../store/find-run.ts';
import { activeFiles, activeFolder } from '../../store/paths.ts';
import { readDetails } from '../../store/read-result.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import type { Call } from '../command.ts';
import { recoverRuns } from '../session.ts';
import { openLogPrinter, type LogPrinter } from './log-printer.ts';
import { readablePrinter } from './readable-printer.ts';
import { findTail } from './find-tail.ts';
import { keepLines, type LineRange } from './line-filters.ts';
import { noSuchStep } from './no-such-step.ts';

export interface LogsOptions {
  follow?: boolean;
  step?: string;
  failed?: boolean;
  tail?: string;
  raw?: boolean;
  pager: boolean;
}

/** `git jci logs [<run>]`. @returns the exit code. */
export async function showLogs(call: Call<LogsOptions>): Promise<number> {
  const { repo, ui, args, options } = call;
  await recoverRuns(repo, ui);
  const tail = parseTail(options.tail);
  const found = await findRun(repo, args[0], (other) => `git jci logs ${other}`);
  if (found.kind === 'live') refuseRanges(options, found.run);
  const ranges = found.kind === 'stored' ? await chosenRanges(call, found.run) : undefined;
  const printer = await openLogPrinter(call, options.pager && options.follow !== true);
  const readable: Stage = (next) => (options.raw === true ? next : readablePrinter(call, next));
  const source = sourceOf(call, found);
  if (tail !== undefined) await printTail(tail, source, readable, printer);
  else await readAll(source, ranges === undefined ? readable(printer) : keepLines(ranges, readable(printer)));
  return exitCode.ok;
}

/** Something between a log and where it is shown. */
type Stage = (next: LogPrinter) => LogPrinter;

/** The log of a run. */
interface LogSource {
  /** What is there now. */
  read: (take: LogTaker) => Promise<void>;
  /** That, and what comes until the run is over. Only if that is wanted, and the run not over yet. */
  follow?: (take: LogTaker) => Promise<void>;
}

function sourceOf({ repo, options }: Call<LogsOptions>, found: FoundRun): LogSource {
  if (found.kind === 'stored') return { read: (take) => streamLog(repo, found.run, take) };
  const read = (take: LogTaker): Promise<void> => readLogFile(activeFiles(activeFolder(repo.commonDir, found.run)).log, take);
  return options.follow === true ? { read, follow: (take) => followLog(repo, found.run, take) } : { read };
}

async function readLogFile(path: string, take: LogTaker): Promise<void> {
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) if (!(await take(chunk))) return;
  } catch (error) {
    // A run that waits for its turn has none yet.
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

async function readAll(source: LogSource, printer: LogPrinter): Promise<void> {
  await (source.follow ?? source.read)((chunk) => printer.take(chunk));
  await printer.end();
}

/** The last lines as they are shown: a command may be none. Read twice only if what comes later is wanted too, or the last lines are more than can be held. */
async function printTail(count: number, source: LogSource, readable: Stage, printer: LogPrinter): Promise<void> {
  const tail = findTail(count);
  const look = (chunk: Buffer): Promise<boolean> => {
    tail.take(chunk);
    return Promise.resolve(true);
  };
  await readAll({ read: source.read }, readable({ take: look, end: () => Promise.resolve() }));
  const { firstLine, bytes } = tail.end();
  if (source.follow !== undefined || bytes === undefined) {
    await readAll(source, readable(keepLines([{ first: firstLine, last: Number.POSITIVE_INFINITY }], printer)));
    return;
  }
  await printer.take(bytes);
  await printer.end();
}

function parseTail(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,7}$/.test(text)) throw usageError(`--tail: '${text}' is not a number of lines`);
  return Number(text);
}

function refuseRanges({ step, failed }: LogsOptions, run: ActiveRun): void {
  if (step === undefined && failed !== true) return;
  throw refusal(`run ${run.runId} is not over yet: its steps are known at the end`, { hint: `git jci logs -f ${run.runId}` });
}

/** `undefined` for the whole log. */
async function chosenRanges({ repo, options }: Call<LogsOptions>, run: StoredRunRef): Promise<LineRange[] | undefined> {
  const { step: name, failed } = options;
  if (name === undefined && failed !== true) return undefined;
  const steps = (await readDetails(repo, run)).steps?.steps ?? [];
  if (name !== undefined) return rangesOf(steps.filter((step) => step.name === name), () => noSuchStep(name, steps, run.runId));
  const broken = steps.filter((step) => step.unfinished === true || (step.exitCode ?? 0) !== 0);
  return broken.length === 0 ? undefined : rangesOf(broken);
}

function rangesOf(steps: readonly Step[], ifNone?: () => Error): LineRange[] {
  if (steps.length === 0 && ifNone !== undefined) throw ifNone();
  return steps.map(({ firstLine, lastLine }) => ({ first: firstLine, last: lastLine }));
}
