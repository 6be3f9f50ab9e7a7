/**
 * What somebody may have meant by a word that is not known: what begins with it, or else differs by the fewest letters.
 *
 * The longer the words, the more may differ; of several as near, the first.
 * @returns `undefined` when nothing is near.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const begun = word.length > 1 ? known.find((candidate) => candidate.startsWith(word)) : undefined;
  if (begun !== undefined) return begun;
  const near = known
    .filter((candidate) => Math.abs(candidate.length - word.length) <= mostEdits(Math.max(word.length, candidate.length)))
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .filter(({ candidate, distance }) => distance <= mostEdits(Math.max(word.length, candidate.length)));
  return near.sort((a, b) => a.distance - b.distance)[0]?.candidate;
}

/** One up to five letters, two up to nine: of short words more would fit anything. */
const mostEdits = (length: number): number => (length < 2 ? 0 : Math.floor((length + 2) / 4));

/**
 * How many letters must be added, left out, replaced, or swapped with their neighbour to turn one word into the other
 * (optimal string alignment: no place is edited twice).
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const differs = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      line.push(
        Math.min(
          at(last, column) + 1,
          at(line, column - 1) + 1,
          at(last, column - 1) + differs,
          swapped ? at(beforeLast, column - 2) + 1 : Infinity,
        ),
      );
    }
    beforeLast = last;
    last = line;
  }
  return at(last, b.length);
}

const at = (line: readonly number[], column: number): number => line[column] ?? Infinity;
