/** A line of a hunk; the number is that of the log that it is taken from. */
export interface HunkLine {
  kind: 'same' | 'removed' | 'added';
  number: number;
}

export interface Hunk {
  /** First line of the hunk in each log, from 1. */
  before: number;
  after: number;
  lines: HunkLine[];
}

/** Reads what `git diff` says, a line at a time. */
export interface HunkReader {
  take(line: string): void;
  result(): { hunks: Hunk[]; added: number; removed: number; cut: boolean };
}

/**
 * Keeps which lines differ, not what they say.
 * @param mostLines that are kept of all hunks together; the rest is counted.
 * @param linesBefore of the first log that are not in what git compares; `linesAfter`: of the second.
 */
export function createHunkReader(mostLines: number, linesBefore = 0, linesAfter = 0): HunkReader {
  const hunks: Hunk[] = [];
  let [before, after, leftBefore, leftAfter] = [0, 0, 0, 0];
  let [added, removed, kept] = [0, 0, 0];
  let cut = false;
  const keep = (kind: HunkLine['kind'], number: number): void => {
    if (kept >= mostLines) cut = true;
    else {
      hunks.at(-1)?.lines.push({ kind, number });
      kept += 1;
    }
  };
  return {
    take(line) {
      // By the numbers of the head, not by first characters: a line may say anything.
      if (leftBefore + leftAfter === 0) {
        const head = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
        if (head === null) return;
        [leftBefore, leftAfter] = [Number(head[2] ?? 1), Number(head[4] ?? 1)];
        // A side without lines is told by the line before.
        before = linesBefore + Number(head[1]) + Number(leftBefore === 0);
        after = linesAfter + Number(head[3]) + Number(leftAfter === 0);
        if (kept >= mostLines) cut = true;
        else hunks.push({ before, after, lines: [] });
        return;
      }
      const sign = line.charAt(0);
      if (sign === '-') {
        keep('removed', before);
        removed += 1;
      } else if (sign === '+') {
        keep('added', after);
        added += 1;
      } else if (sign === ' ') keep('same', after);
      else return;
      if (sign !== '+') [before, leftBefore] = [before + 1, leftBefore - 1];
      if (sign !== '-') [after, leftAfter] = [after + 1, leftAfter - 1];
    },
    result: () => ({ hunks: hunks.filter(({ lines }) => lines.length > 0), added, removed, cut }),
  };
}
