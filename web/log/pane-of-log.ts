import { batch } from '@preact/signals';
import { stepsAround } from './folds.ts';
import { highlight } from './highlight.ts';
import { isHit } from './hits.ts';
import type { LineStore } from './line-store.ts';
import { isUnderWay, type LogState } from './log-state.ts';
import { createPane, type Pane, type PaneParts } from './pane.ts';
import { rowContent } from './row-content.ts';
import { pattern, type Search } from './search.ts';
import { wrap } from './settings.ts';

export interface LogPaneParts {
  state: LogState;
  store: LineStore;
  search: Search;
  rawHref: string;
}

/** The pane of a log: it shows what is known, and tells what is seen. */
export function createLogPane(parts: PaneParts, { state, store, search, rawHref }: LogPaneParts): Pane {
  return createPane(parts, {
    store,
    expects: (line) => line > store.total() && !store.complete() && !isUnderWay(state.run.value),
    folds: () => state.folds.value,
    wraps: () => wrap.value === 'on',
    row: (line, previousTime) => rowContent(state, store.get(line), line, previousTime, rawHref),
    drawn(top, lines, element) {
      state.top.value = top;
      const around = stepsAround(state.steps.value, top).filter((index) => (state.steps.value[index]?.firstLine ?? 0) < top);
      if (around.join() !== state.around.value.join()) state.around.value = around;
      const found = search.found.value;
      const rows = found === undefined ? [] : lines.filter((line) => isHit(found.lines, line)).flatMap((line) => element(line) ?? []);
      highlight(rows, found === undefined ? undefined : pattern(found.query));
    },
    followed: (following) =>
      batch(() => {
        state.following.value = following;
        state.unseen.value = 0;
      }),
  });
}
