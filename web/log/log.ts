import { logApi, logName, rawPath } from '../../src/api/paths.ts';
import type { RunDetail } from '../../src/api/run-detail.ts';
import type { RunKey } from '../../src/model/run-ref.ts';
import { createErrorFinder } from './error-finder.ts';
import { createFolding } from './log-folding.ts';
import { createLogLines } from './log-lines.ts';
import { createNavigation } from './log-navigation.ts';
import { createLogPane } from './pane-of-log.ts';
import { createLogState, isUnderWay } from './log-state.ts';
import type { Pane, PaneParts } from './pane.ts';
import { createSearch } from './search.ts';

export type Log = ReturnType<typeof createLog>;

/** All that one log view knows and can do. */
export function createLog(key: RunKey) {
  const base = logApi(key);
  const rawHref = rawPath(key, logName);
  const state = createLogState();
  const search = createSearch(base);
  let pane: Pane | undefined;
  const lines = createLogLines(base, state, () => pane?.draw());
  const folding = createFolding(state, () => pane);
  const navigation = createNavigation({ state, search, folding, pane: () => pane });
  const errors = createErrorFinder(base, state, navigation.showLine);

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
    /** What is known of the run. One that is under way is followed, unless the address says where to begin. */
    setRun(run: RunDetail): void {
      const before = state.run.value;
      state.run.value = run;
      if (before === undefined && state.range.value === undefined && isUnderWay(run)) pane?.toBottom();
      pane?.draw();
    },
    attach(parts: PaneParts): () => void {
      const own = (pane = createLogPane(parts, { state, store: lines.store, search, rawHref }));
      if (state.range.value !== undefined) navigation.showLine(state.range.value.first);
      return () => own.close();
    },
    /** Goes to a line, unless the reader has gone somewhere already. */
    openAt(line: number): void {
      if (state.current.value === 0 && state.top.value === 1) navigation.showLine(line);
    },
    close(): void {
      navigation.close();
      errors.stopLooking();
      search.stop();
      lines.close();
    },
  };
}
