import { batch } from '@preact/signals';
import { logGrown, logLines } from '../../src/api/log.ts';
import { logApi, logName, rawPath } from '../../src/api/paths.ts';
import type { RunDetail } from '../../src/api/run-detail.ts';
import type { RunKey } from '../../src/model/run-ref.ts';
import { fetchJson } from '../api/fetch-json.ts';
import { createErrorFinder } from './error-finder.ts';
import { firstFailure } from './first-failure.ts';
import { createLineStore, type FetchLines } from './line-store.ts';
import { listenForLines } from './log-events.ts';
import { createFolding } from './log-folding.ts';
import { createNavigation } from './log-navigation.ts';
import { createLogState } from './log-state.ts';
import { createLogPane } from './log-pane.ts';
import type { Pane, PaneParts } from './pane.ts';
import { createSearch } from './search.ts';

export type Log = ReturnType<typeof createLog>;

/** All that one log view knows and can do. @param stored the run has its result. */
export function createLog(key: RunKey, stored: () => void) {
  const base = logApi(key);
  const rawHref = rawPath(key, logName);
  const state = createLogState();
  const search = createSearch(base);
  let pane: Pane | undefined;
  const failed = (error: unknown): void => void (state.problem.value = error instanceof Error ? error.message : 'The lines cannot be read');
  const store = createLineStore(linesFrom(base), { changed, failed });
  const folding = createFolding(state, () => pane);
  const navigation = createNavigation({ state, search, folding, pane: () => pane });
  const errors = createErrorFinder(base, state, navigation.showLine);

  function changed(): void {
    batch(() => {
      // What is there at first is no news.
      if (state.total.value > 0 && !state.following.value) state.unseen.value += store.total() - state.total.value;
      state.total.value = store.total();
      state.complete.value = store.complete();
      state.problem.value = '';
    });
    pane?.draw();
  }

  const stopEvents = listenForLines(`${base}/events`, logGrown, (grown) => {
    store.grow(grown.total, grown.complete);
    if (grown.stored) stored();
  });

  return {
    key,
    rawHref,
    store,
    search,
    ...state,
    ...folding,
    ...navigation,
    stepError: errors.stepError,
    pane: () => pane,
    /** What is known of the run; the first time, the place at which it opens is found. */
    setRun(run: RunDetail): void {
      const isFirst = state.run.value === undefined;
      state.run.value = run;
      const line = state.range.value?.first ?? firstFailure(run);
      const isLive = run.item.live !== null && run.item.live !== 'lost';
      if (isFirst && state.range.value === undefined && isLive) pane?.toBottom();
      else if (isFirst && line !== undefined) navigation.showLine(line);
      pane?.draw();
    },
    attach(parts: PaneParts): () => void {
      const own = (pane = createLogPane(parts, { state, store, search, rawHref }));
      return () => own.close();
    },
    close(): void {
      navigation.close();
      errors.stopLooking();
      stopEvents();
      search.stop();
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
