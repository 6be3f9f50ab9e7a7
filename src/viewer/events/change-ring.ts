import type { ChangeEvent } from '../../api/events.ts';

/** A change, numbered from 1. */
export interface NumberedChange {
  number: number;
  change: ChangeEvent;
}

/** The latest changes, for who was away for a while. */
export interface ChangeRing {
  /** The number of the latest change; 0 before the first. */
  latest(): number;
  add(change: ChangeEvent): NumberedChange;
  /** All changes after this one; `undefined` if they are not known any more, or it has not happened. */
  after(number: number): readonly NumberedChange[] | undefined;
}

/** @param size how many changes are kept. */
export function createChangeRing(size: number): ChangeRing {
  const kept: NumberedChange[] = [];
  let latest = 0;
  return {
    latest: () => latest,
    add(change) {
      latest += 1;
      const numbered = { number: latest, change };
      kept.push(numbered);
      if (kept.length > size) kept.shift();
      return numbered;
    },
    after: (number) => (number > latest || number < latest - kept.length ? undefined : kept.slice(kept.length - (latest - number))),
  };
}
