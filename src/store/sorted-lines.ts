/** What can be asked of sorted lines of ASCII without taking them apart: to make twenty thousand strings costs more than the search in them. */

const lineFeed = 10;

/**
 * The lines that are new.
 * @param limit how many differences are looked at.
 * @returns `undefined` beyond that. Where the lines are not sorted, some that were there before may be among them, but none is left out.
 */
export function addedLines(before: Buffer, now: Buffer, limit: number): string[] | undefined {
  const added: string[] = [];
  let old = 0;
  let at = 0;
  for (let differences = 0; ; differences += 1) {
    const same = commonLines(before, old, now, at);
    old += same;
    at += same;
    if (at >= now.length) return added;
    if (differences === limit) return undefined;
    const oldEnd = lineEnd(before, old);
    const end = lineEnd(now, at);
    if (old >= before.length || now.compare(before, old, oldEnd, at, end) < 0) {
      added.push(now.toString('latin1', at, end));
      at = end + 1;
    } else {
      old = oldEnd + 1;
    }
  }
}

/** The lines that start so, in their order. Each line has to end with a line feed. */
export function linesStarting(lines: Buffer, start: string): string[] {
  const key = Buffer.from(start, 'latin1');
  const found: string[] = [];
  for (let at = firstNotBefore(lines, key); at < lines.length && compareStart(lines, at, key) === 0; ) {
    const end = lineEnd(lines, at);
    found.push(lines.toString('latin1', at, end));
    at = end + 1;
  }
  return found;
}

const compareStart = (lines: Buffer, at: number, key: Buffer): number =>
  lines.compare(key, 0, key.length, at, Math.min(at + key.length, lines.length));

function firstNotBefore(lines: Buffer, key: Buffer): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = middle === 0 ? 0 : lines.lastIndexOf(lineFeed, middle - 1) + 1;
    if (compareStart(lines, at, key) < 0) low = lineEnd(lines, at) + 1;
    else high = at;
  }
  return low;
}

function lineEnd(lines: Buffer, at: number): number {
  const end = lines.indexOf(lineFeed, at);
  return end < 0 ? lines.length : end;
}

const largest = 1 << 16;

/** How many bytes both have in common from there on, in whole lines. */
function commonLines(a: Buffer, aStart: number, b: Buffer, bStart: number): number {
  const length = Math.min(a.length - aStart, b.length - bStart);
  let same = 0;
  for (let step = largest; step > 0 && same < length; ) {
    const size = Math.min(step, length - same);
    const [from, to] = [aStart + same, bStart + same];
    if (a.compare(b, to, to + size, from, from + size) === 0) same += size;
    else step >>= 1;
  }
  return same === 0 ? 0 : Math.max(0, b.lastIndexOf(lineFeed, bStart + same - 1) + 1 - bStart);
}
