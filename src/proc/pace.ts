/** Decides how a pipe is read: at once whenever something is in it, or with a short rest first. */
export interface Pace {
  /**
   * To be called for every chunk, once it has been dealt with.
   * @returns true to rest for about a millisecond before the next read.
   */
  restAfter(bytes: number): boolean;
}

/** How long each way is tried: enough for two rests, or a hundred reads of single lines. */
const trialMs = 2;
/** How long the better way is kept. */
const settledMs = 250;
/** What comes more seldom, or is less, is read at once: there is nothing to be gained. */
const sparse = { ms: 3, bytes: 4096 };
/** After so long without anything, what was tried before says nothing. */
const pauseMs = 20;
/** Reading at once must be so much faster to be worth its processor time. */
const advantage = 1.5;

/**
 * Most programs write a log line by line. A reader that waits for input is woken by each of them, and that costs writer
 * and reader far more than the line. If it rests first, many lines come with one wake. This is a throttle of wakes and
 * hides no race: reading is right at any moment, and nothing is lost by reading later, since the pipe keeps it.
 *
 * A rest is never longer than about a millisecond, so that what is shown stays live. But a program that fills the pipe
 * sooner would stand still for the remainder of it. Whether it does depends on its speed, on how it fills the pipe (from
 * 64 KiB down to half of that, by the length of its writes) and on the pipe (macOS has smaller ones). So both ways are
 * tried four times a second, and the one that moves more is kept.
 *
 * @param now ms that never step back.
 */
export function createPace(now: () => number): Pace {
  let last = -Infinity;
  let stage: 'eager' | 'rested' | 'settled' = 'eager';
  let stageStart = 0;
  let bytesOfStage = 0;
  let eagerSpeed: number | undefined;
  let restedSpeed: number | undefined;
  let restIsBetter = false;

  function enter(next: typeof stage, at: number): void {
    stage = next;
    stageStart = at;
    bytesOfStage = 0;
  }

  return {
    restAfter(bytes) {
      const at = now();
      const gap = at - last;
      last = at;
      if (gap > pauseMs || (gap > sparse.ms && bytes < sparse.bytes)) {
        enter('eager', at);
        return false;
      }
      bytesOfStage += bytes;
      const elapsed = at - stageStart;
      if (stage === 'eager' && elapsed >= trialMs) {
        eagerSpeed = blend(eagerSpeed, bytesOfStage / elapsed);
        enter('rested', at);
      } else if (stage === 'rested' && elapsed >= trialMs) {
        restedSpeed = blend(restedSpeed, bytesOfStage / elapsed);
        restIsBetter = (eagerSpeed ?? 0) < advantage * restedSpeed;
        enter('settled', at);
      } else if (stage === 'settled' && elapsed >= settledMs) enter('eager', at);
      return stage === 'rested' || (stage === 'settled' && restIsBetter);
    },
  };
}

/** In bytes per ms. The trial before counts too: a trial is short, and others use the processor as well. */
const blend = (before: number | undefined, speed: number): number => (before === undefined ? speed : (before + speed) / 2);
