/** Builds timing.idx: where some lines of the log start, and when they arrived. */
export interface TimingIndex {
  /** To be called for the start of every line, in order, with whole ms; keeps some of them. */
  lineStarts(line: number, offset: number, elapsedMs: number): void;
  /**
   * One `<line> <byte offset> <ms>\n` per entry, in decimal: that line (from 1) starts at that byte of the log, and
   * its first byte arrived that many ms after the start of the run. All three never go down from entry to entry.
   * `undefined` with fewer than two entries, since then everything came at once.
   */
  text(): string | undefined;
}

/** Two entries are at most this far apart in time, unless the index got too long. */
const intervalMs = 50;
/** The same in lines, so that a viewer reads little before the line it seeks. */
const intervalLines = 1000;
/** Holds 4.8 MB; 200,000 entries are nearly three hours of steady output. */
const defaultMaxEntries = 200_000;

const fields = 3;

export interface TimingOptions {
  maxEntries?: number;
  /** Told of entries as they are made: those that are thinned out later stay told. Text as in the index, whole entries. */
  onEntries?: (text: string) => void;
}

/**
 * The first line gets an entry; then a line that starts 50 ms or 1000 lines after the last entry. When there are
 * `maxEntries`, every second one is dropped and both distances double, so that memory stays flat.
 */
export function createTimingIndex({ maxEntries = defaultMaxEntries, onEntries }: TimingOptions = {}): TimingIndex {
  let entries = new Float64Array(fields * Math.min(maxEntries, 64));
  let count = 0;
  let spacing = 1;
  let dueMs = -Infinity;
  let dueLine = 0;
  let untold = '';

  function thin(): void {
    const kept = Math.ceil(count / 2);
    for (let to = 1; to < kept; to += 1) entries.copyWithin(to * fields, 2 * to * fields, (2 * to + 1) * fields);
    count = kept;
    spacing *= 2;
  }

  return {
    lineStarts(line, offset, elapsedMs) {
      if (elapsedMs < dueMs && line < dueLine) return;
      if (count === maxEntries) thin();
      if ((count + 1) * fields > entries.length) entries = grown(entries);
      entries.set([line, offset, elapsedMs], count * fields);
      count += 1;
      untold += `${line} ${offset} ${elapsedMs}\n`;
      if (count > 1) {
        onEntries?.(untold);
        untold = '';
      }
      dueMs = elapsedMs + intervalMs * spacing;
      dueLine = line + intervalLines * spacing;
    },
    text: () => (count < 2 ? undefined : toText(entries.subarray(0, count * fields))),
  };
}

function grown(entries: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(entries.length * 2);
  larger.set(entries);
  return larger;
}

function toText(entries: Float64Array): string {
  const lines: string[] = [];
  for (let at = 0; at < entries.length; at += fields) lines.push(entries.subarray(at, at + fields).join(' ') + '\n');
  return lines.join('');
}
