import type { Step } from '../../src/model/step.ts';

/** Which lines are seen: rows count from 0 over what no fold hides, lines from 1 over the whole log. */
export interface Folds {
  /** @param lines of the log so far. */
  rows(lines: number): number;
  line(row: number): number;
  /** The row of a line; for a hidden one, that of the head of the fold that hides it. */
  row(line: number): number;
  isHidden(line: number): boolean;
}

/** A range of lines behind the head of a step, from 1, both ends included. */
interface Hidden {
  first: number;
  last: number;
  /** Lines hidden before this range. */
  before: number;
}

/** The mapping while the steps with these numbers are folded: their first line stays, as a head. */
export function foldLines(steps: readonly Step[], folded: ReadonlySet<number>): Folds {
  const hidden = hiddenRanges(steps, folded);
  const at = (fits: (range: Hidden) => boolean): Hidden | undefined => hidden[lastIndex(hidden, fits)];
  const hiddenUpTo = (line: number): number => {
    const range = at(({ first }) => first <= line);
    return range === undefined ? 0 : range.before + Math.min(line, range.last) - range.first + 1;
  };
  return {
    rows: (lines) => lines - hiddenUpTo(lines),
    line(row) {
      const range = at(({ first, before }) => first - 1 - before <= row);
      return range === undefined ? row + 1 : row + 1 + range.before + (range.last - range.first + 1);
    },
    row: (line) => line - 1 - hiddenUpTo(line),
    isHidden(line) {
      const range = at(({ first }) => first <= line);
      return range !== undefined && line <= range.last;
    },
  };
}

/** Disjoint and in order: what is folded inside a fold makes no difference. */
function hiddenRanges(steps: readonly Step[], folded: ReadonlySet<number>): Hidden[] {
  const ranges: Hidden[] = [];
  const chosen = [...folded].flatMap((index) => steps[index] ?? []).sort((a, b) => a.firstLine - b.firstLine);
  let before = 0;
  let end = 0;
  for (const { firstLine, lastLine } of chosen) {
    const first = Math.max(firstLine + 1, end + 1);
    if (lastLine < first) continue;
    ranges.push({ first, last: lastLine, before });
    before += lastLine - first + 1;
    end = lastLine;
  }
  return ranges;
}

/** Of a sorted list, the last that still fits; -1 if none does. */
function lastIndex<T>(list: readonly T[], fits: (item: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = list[middle];
    if (item !== undefined && fits(item)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Numbers of the steps that a line is in, the outermost first. */
export function stepsAround(steps: readonly Step[], line: number): number[] {
  const around: number[] = [];
  for (const [index, { firstLine, lastLine }] of steps.entries()) {
    if (firstLine > line) break;
    if (lastLine >= line) around.push(index);
  }
  return around;
}
