import { nextError } from '../../src/api/log.ts';
import { fetchJson } from '../api/fetch-json.ts';
import type { Direction } from './log-navigation.ts';
import { hereIn, type LogState } from './log-state.ts';

/** Has the server look for lines that tell of errors. @param base where the routes of the log begin. */
export function createErrorFinder(base: string, state: LogState, showLine: (line: number) => void) {
  let looking = new AbortController();
  return {
    /** Goes to the next error, or the one before. The latest wish counts. */
    async stepError(step: Direction): Promise<void> {
      looking.abort();
      const { signal } = (looking = new AbortController());
      const from = hereIn(state);
      state.message.value = 'Looking …';
      // Fails only when it is given up.
      const answer = await fetchJson(nextError, `${base}/next-error?from=${from}${step === -1 ? '&back=1' : ''}`, { signal }).catch(() => undefined);
      if (answer === undefined || signal.aborted) return;
      const line = answer.data?.line ?? undefined;
      const none = `No error ${step === 1 ? 'below' : 'above'}`;
      state.message.value = answer.problem?.error ?? (line === undefined ? none : `Error in line ${line}`);
      if (line !== undefined) showLine(line);
    },
    stopLooking: (): void => looking.abort(),
  };
}
