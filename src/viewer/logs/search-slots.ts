import { createTurns, type Turn } from '../http/turns.ts';

/** A place to search in. */
export interface SearchSlot {
  /**
   * Waits until the reader has taken something.
   * @throws HttpProblem (408) if it takes nothing for long while others wait: the place is theirs by then.
   */
  untilTaken(taken: Promise<void>): Promise<void>;
  /** Gives it back. */
  leave(): void;
}

/** Lets only so many search at once: each may have a thread. */
export interface SearchSlots {
  /** Waits for a place, in turn. @returns `undefined` for who is gone before there is one. */
  enter(signal: AbortSignal): Promise<SearchSlot | undefined>;
}

const most = 4;

/** A page takes at once what it has asked for. */
const patienceMs = 5000;

/** @param elapsed in ms, of any beginning. */
export function createSearchSlots(elapsed: () => number): SearchSlots {
  const turns = createTurns({ most, patienceMs, elapsed });
  return {
    enter: (signal) =>
      new Promise((resolve) => {
        let drop: (reason: Error) => void = () => undefined;
        const dropped = new Promise<never>((_, reject) => (drop = reject));
        // Whoever waits for its reader then hears of it.
        dropped.catch(() => undefined);
        const turn: Turn = {
          idleSince: undefined,
          begin() {
            signal.removeEventListener('abort', giveUp);
            resolve(slot);
          },
          drop: (reason) => drop(reason),
        };
        const giveUp = (): void => {
          turns.leave(turn);
          resolve(undefined);
        };
        const slot: SearchSlot = {
          async untilTaken(taken) {
            turns.rest(turn);
            try {
              await Promise.race([taken, dropped]);
            } finally {
              turn.idleSince = undefined;
            }
          },
          leave: () => turns.leave(turn),
        };
        signal.addEventListener('abort', giveUp, { once: true });
        if (signal.aborted) giveUp();
        else turns.join(turn);
      }),
  };
}
