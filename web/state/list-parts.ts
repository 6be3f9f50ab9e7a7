/** What of a list is known, and where it goes on: `null` at its end. */
export interface Known<T> {
  items: readonly T[];
  next: string | null;
}

type KeyOf<T> = (item: T) => string;

/** With a part behind what is known. What is in both is there once: the list may have moved since. */
export function appended<T>(known: Known<T>, part: Known<T>, keyOf: KeyOf<T> | undefined): Known<T> {
  if (keyOf === undefined) return { items: [...known.items, ...part.items], next: part.next };
  const keys = new Set(known.items.map(keyOf));
  const news = part.items.filter((item) => !keys.has(keyOf(item)));
  // Nothing new leads nowhere: the same would be asked for again and again.
  return { items: [...known.items, ...news], next: news.length === 0 ? null : part.next };
}

/**
 * With a newer first part. What stood behind its last item still does; if nobody knows that item, or the part is all there is, the list begins anew: nobody knows
 * what of the old one is left.
 */
export function refreshed<T>(known: Known<T>, first: Known<T>, keyOf: KeyOf<T> | undefined): Known<T> {
  const last = first.items.at(-1);
  const end = last === undefined || keyOf === undefined ? -1 : known.items.findIndex((item) => keyOf(item) === keyOf(last));
  if (end === -1 || first.next === null) return first;
  const items = [...first.items, ...known.items.slice(end + 1)];
  return { items, next: items.length === first.items.length ? first.next : known.next };
}
