/** Lets only so many work at once: each has a thread. */
export interface SearchSlots {
  /**
   * Waits for a place, in turn; not beyond an abort.
   * @returns what gives it back.
   */
  enter(signal: AbortSignal): Promise<() => void>;
}

export function createSearchSlots(most: number): SearchSlots {
  const waiting = new Set<() => void>();
  let taken = 0;

  const release = (): void => {
    taken -= 1;
    const [next] = waiting;
    next?.();
  };
  const take = (): (() => void) => {
    taken += 1;
    return release;
  };

  return {
    enter(signal) {
      if (taken < most) return Promise.resolve(take());
      return new Promise((resolve) => {
        const go = (): void => {
          waiting.delete(go);
          signal.removeEventListener('abort', go);
          resolve(take());
        };
        // Who is gone takes a place too, and gives it back at once.
        signal.addEventListener('abort', go);
        waiting.add(go);
        if (signal.aborted) go();
      });
    },
  };
}
