/** Rows above and below the visible ones that are drawn too. */
const margin = 10;

/** Which rows of equal height are drawn: from `first` to before `end`. All in pixels but `count`. */
export function visibleRange(top: number, height: number, rowHeight: number, count: number): { first: number; end: number } {
  const first = Math.max(0, Math.min(count, Math.floor(top / rowHeight) - margin));
  return { first, end: Math.min(count, Math.ceil((top + height) / rowHeight) + margin) };
}
