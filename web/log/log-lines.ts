import { batch } from '@preact/signals';
import { logLines } from '../../src/api/log.ts';
import { fetchJson } from '../api/fetch-json.ts';
import { createLineStore, type FetchLines, type LineStore } from './line-store.ts';
import { listenForLines } from './log-events.ts';
import type { LogState } from './log-state.ts';

/** The lines of one log, and news of them. */
export interface LogLines {
  store: LineStore;
  close(): void;
}

/**
 * Fetches lines, and listens for more.
 * @param changed something is here that was not, and the state says so.
 */
export function createLogLines(base: string, state: LogState, changed: () => void): LogLines {
  const failed = (error: unknown): void => void (state.problem.value = error instanceof Error ? error.message : 'The lines cannot be read');
  const store = createLineStore(linesFrom(base), { changed: tell, failed });
  let stop: (() => void) | undefined;

  function tell(): void {
    batch(() => {
      // What is there at first is no news.
      if (state.total.value > 0 && !state.following.value) state.unseen.value += store.total() - state.total.value;
      state.total.value = store.total();
      state.complete.value = store.complete();
      state.problem.value = '';
    });
    // A log that is complete has no news, and of one that is not there none can be heard.
    if (!store.complete()) stop ??= listenForLines(`${base}/events`, (grown) => store.grow(grown.total, grown.complete));
    changed();
  }

  return {
    store,
    close() {
      stop?.();
      store.close();
    },
  };
}

/** Asks the server for lines. Its failures are thrown. */
const linesFrom =
  (base: string): FetchLines =>
  async (from, count, signal) => {
    const { data, problem } = await fetchJson(logLines, `${base}/lines?from=${from}&count=${count}`, { signal });
    if (problem !== undefined) throw new Error(problem.error);
    return data;
  };
