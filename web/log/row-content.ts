import type { StoredLine } from './line-store.ts';
import { lineTime } from './line-time.ts';
import type { LogState } from './log-state.ts';
import type { RowContent } from './row.ts';
import { times } from './settings.ts';

/** What the row of a line shows. @param previousTime what stands above it. */
export function rowContent(state: LogState, stored: StoredLine | undefined, line: number, previousTime: string, rawHref: string): RowContent {
  const index = state.heads.value.get(line);
  const step = index === undefined ? undefined : state.steps.value[index];
  const time = lineTime(stored === undefined ? step?.startMs ?? null : stored.ms, times.value, state.start.value);
  return {
    line,
    stored,
    time,
    sameTime: time === previousTime,
    step,
    folded: index !== undefined && state.folded.value.has(index),
    marks: marksOf(state, line),
    rawHref,
  };
}

function marksOf({ levels, range, current }: LogState, line: number): string {
  const isChosen = range.value !== undefined && line >= range.value.first && line <= range.value.last;
  return [levels.value.get(line), isChosen ? 'chosen' : undefined, line === current.value ? 'current' : undefined].filter(Boolean).join(' ');
}
