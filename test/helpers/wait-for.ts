/** Short enough not to be felt in a test, long enough not to keep the machine busy. */
const pollMs = 20;

export interface WaitOptions {
  /** Gives up after so long; generous, since a loaded machine is slow and a broken product waits for ever anyway. */
  timeoutMs?: number;
  /** What is waited for, for the error. */
  what?: string;
}

/**
 * Waits until `condition` answers with something that is not false, undefined or null, and returns that.
 *
 * Only for states that come with no event: a file that another process writes, a process that is not our child.
 * @throws Error naming `what` when the time is up. What `condition` throws is passed on at once.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 20_000, what = 'the condition' }: WaitOptions = {},
): Promise<Exclude<T, false | undefined | null>> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const answer = await condition();
    if (answer !== false && answer !== undefined && answer !== null) {
      return answer as Exclude<T, false | undefined | null>;
    }
    if (performance.now() >= end) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
