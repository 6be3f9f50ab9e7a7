/** Lines that an address points at, from 1, both included. */
export interface LineRange {
  first: number;
  last: number;
}

/** `#L42` and `#L42-L60`, the other way round too. */
export function parseRange(hash: string): LineRange | undefined {
  const [, a, b] = /^#L(\d{1,10})(?:-L?(\d{1,10}))?$/.exec(hash) ?? [];
  if (a === undefined) return undefined;
  const [one, other] = [Number(a), Number(b ?? a)];
  return one < 1 || other < 1 ? undefined : { first: Math.min(one, other), last: Math.max(one, other) };
}

/** What `parseRange` reads. */
export const formatRange = ({ first, last }: LineRange): string => (first === last ? `#L${first}` : `#L${first}-L${last}`);
