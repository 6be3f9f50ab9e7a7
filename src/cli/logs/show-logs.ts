import { createReadStream } from 'node:fs';
import { followLog } from '../../browse/follow-log.ts';
import { streamLog } from '../../browse/stored-log.ts';
import { refusal, usageError } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import type { Step } from '../../model/step.ts';
import type { ActiveRun } from '../../store/active-run.ts';
import { findRun } from '../../store/find-run.ts';
import { activeFiles, activeFolder } from '../../store/paths.ts';
import { readDetails } from '../../store/read-result.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import type { Call } from '../command.ts';
import { recoverRuns } from '../session.ts';
import { openLogPrinter, type LogPrinter } from './log-printer.ts';
import { keepLines, keepTail, type LineRange } from './line-filters.ts';

export interface LogsOptions {
  follow?: boolean;
  step?: string;
  failed?: boolean;
  tail?: string;
  pager: boolean;
}

/** `git jci logs [<run>]`. @returns the exit code. */
export async function showLogs(call: Call<LogsOptions>): Promise<number> {
  const { repo, ui, args, options } = call;
  await recoverRuns(repo, ui);
  const tail = parseTail(options.tail);
  const found = await findRun(repo, args[0]);
  if (found.kind === 'live') refuseRanges(options, found.run);
  const ranges = found.kind === 'stored' ? await chosenRanges(call, found.run) : undefined;
  const printer = await openLogPrinter(call, options.pager && options.follow !== true);
  const filter = tail !== undefined ? keepTail(tail, printer) : ranges !== undefined ? keepLines(ranges, printer) : printer;
  if (found.kind === 'stored') await streamLog(repo, found.run, (chunk) => filter.take(chunk));
  else await printLive(call, found.run, filter);
  await filter.end();
  return exitCode.ok;
}

async function printLive({ repo, options }: Call<LogsOptions>, run: ActiveRun, filter: Pick<LogPrinter, 'take'>): Promise<void> {
  if (options.follow === true) {
    await followLog(repo, run, (chunk) => filter.take(chunk));
    return;
  }
  const { log } = activeFiles(activeFolder(repo.commonDir, run));
  for await (const chunk of createReadStream(log) as AsyncIterable<Buffer>) {
    if (!(await filter.take(chunk))) return;
  }
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
  if (name !== undefined) return rangesOf(steps.filter((step) => step.name === name), () => noSuchStep(name, steps, run));
  const broken = steps.filter((step) => step.unfinished === true || (step.exitCode ?? 0) !== 0);
  return broken.length === 0 ? undefined : rangesOf(broken);
}

function rangesOf(steps: readonly Step[], ifNone?: () => Error): LineRange[] {
  if (steps.length === 0 && ifNone !== undefined) throw ifNone();
  return steps.map(({ firstLine, lastLine }) => ({ first: firstLine, last: lastLine }));
}

function noSuchStep(name: string, steps: readonly Step[], run: StoredRunRef): Error {
  const names = [...new Set(steps.map((step) => step.name))].join(', ');
  return refusal(`run ${run.runId} has no step '${name}'`, { hint: names === '' ? 'it has no steps: git jci logs' : `it has: ${names}` });
}
