import { logApi, logName, rawPath } from '../../src/api/paths.ts';
import type { RunDetail } from '../../src/api/run-detail.ts';
import type { RunKey } from '../../src/model/run-ref.ts';
import { createErrorFinder } from './error-finder.ts';
import { firstFailure } from './first-failure.ts';
import { createFolding } from './log-folding.ts';
import { createLogLines } from './log-lines.ts';
import { createNavigation } from './log-navigation.ts';
import { createLogPane } from './pane-of-log.ts';
import { createLogState, isUnderWay } from './log-state.ts';
import type { Pane, PaneParts } from './pane.ts';
import { createSearch } from './search.ts';

export type Log = ReturnType<typeof createLog>;

/** All that one log view knows and can do. @param stored the run has its result by now: it has to be asked for again. */
export function createLog(key: RunKey, stored: () => void) {
  const base = logApi(key);
  const rawHref = rawPath(key, logName);
  const state = createLogState();
  const search = createSearch(base);
  let pane: Pane | undefined;
  let isStored = false;
  const lines = createLogLines(base, state, () => pane?.draw(), () => {
    isStored = true;
    lookAgain();
  });
  const folding = createFolding(state, () => pane);
  const navigation = createNavigation({ state, search, folding, pane: () => pane });
  const errors = createErrorFinder(base, state, navigation.showLine);

  function lookAgain(): void {
    if (isStored && isUnderWay(state.run.value)) stored();
  }

  return {
    key,
    rawHref,
    store: lines.store,
    search,
    ...state,
    ...folding,
    ...navigation,
    stepError: errors.stepError,
    pane: () => pane,
    /** What is known of the run; the first time, the place at which it opens is found. */
    setRun(run: RunDetail): void {
      const before = state.run.value;
      state.run.value = run;
      if (before === undefined) begin(run);
      if (isUnderWay(run)) state.wasUnderWay.value = true;
      // Times are known when the result is.
      else if (isUnderWay(before)) lines.store.refresh();
      pane?.draw();
      lookAgain();
    },
    attach(parts: PaneParts): () => void {
      const own = (pane = createLogPane(parts, { state, store: lines.store, search, rawHref }));
      if (state.range.value !== undefined) own.reveal(state.range.value.first);
      return () => own.close();
    },
    close(): void {
      navigation.close();
      errors.stopLooking();
      search.stop();
      lines.close();
    },
  };

  function begin(run: RunDetail): void {
    const line = state.range.value?.first ?? firstFailure(run);
    if (line !== undefined) navigation.showLine(line);
    else if (isUnderWay(run)) pane?.toBottom();
  }
}
