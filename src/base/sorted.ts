/** The index of the last number that is not above the limit; 0 if all are. @param sorted never goes down. */
export function lastNotAbove(sorted: ArrayLike<number>, limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Infinity) <= limit) low = middle;
    else high = middle;
  }
  return low;
}
