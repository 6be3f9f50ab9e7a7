import type { LogLine, LogLines } from '../../api/log.ts';
import type { OpenLog } from './open-log.ts';
import { rawLines } from './raw-lines.ts';
import { createSgrState } from './sgr-state.ts';
import { showLine } from './show-line.ts';

/** Lines of a log by their numbers, as far as they are known. @param from the first one, from 1. */
export function readLines(log: OpenLog, from: number, count: number): LogLines {
  const lines: LogLine[] = [];
  const { complete } = log;
  const { total } = log.index;
  let first: string | undefined;
  let state = '';
  for (const raw of count === 0 ? [] : rawLines(log, from)) {
    const before = raw.begins ?? state;
    state = raw.after ?? stateAfter(before, raw.head);
    if (raw.line < from) continue;
    first ??= before;
    lines.push({ ...showLine({ ...raw, before }, state), ms: log.timeOf(raw.line) });
    if (lines.length === count) break;
  }
  return { from, total, complete, state: first ?? '', lines };
}

function stateAfter(before: string, line: Buffer): string {
  if (!line.includes(0x1b)) return before;
  const sgr = createSgrState(before);
  sgr.take(line);
  return sgr.text();
}
