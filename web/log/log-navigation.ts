import { formatCount } from '../parts/format-count.ts';
import { firstHit, nextHit } from './hits.ts';
import { formatRange, parseRange, type LineRange } from './line-range.ts';
import type { Folding } from './log-folding.ts';
import { hereIn, type LogState } from './log-state.ts';
import type { Pane } from './pane.ts';
import type { Search } from './search.ts';

export interface NavigationParts {
  state: LogState;
  search: Search;
  folding: Folding;
  pane: () => Pane | undefined;
}

export type Direction = 1 | -1;

/** Goes from one thing in a log to the next: hits, heads of steps, chosen lines. */
export function createNavigation({ state, search, folding, pane }: NavigationParts) {
  function showLine(line: number): void {
    state.current.value = line;
    folding.unfold(line);
    pane()?.reveal(line);
  }

  function showHit(index: number): void {
    const line = search.found.value?.lines[index];
    if (line === undefined) return;
    state.hit.value = index;
    showLine(line);
  }

  const stopHits = search.found.subscribe((found) => {
    if (found === undefined) state.hit.value = -1;
    else if (state.hit.value === -1) showHit(firstHit(found, state.top.value));
    pane()?.draw();
  });

  function setRange(range: LineRange | undefined): void {
    state.range.value = range;
    history.replaceState(history.state, '', range === undefined ? location.pathname : formatRange(range));
    state.message.value = location.hash;
    pane()?.draw();
  }

  const choose = (from: number, to: number): void => setRange({ first: Math.min(from, to), last: Math.max(from, to) });

  return {
    showLine,
    /** Chooses the lines between two, which the address names then. */
    choose,
    chooseNone(): void {
      state.all.value = false;
      setRange(undefined);
    },
    /** Chooses the next line that no fold hides, or the one before; at first the line that one is at. @param more what is chosen stays so. */
    stepLine(step: Direction, more: boolean): void {
      const { current, top, total, folds, range } = state;
      const ends = range.value === undefined ? [] : [range.value.first, range.value.last];
      const here = current.value === 0 ? top.value : current.value;
      const row = Math.max(0, Math.min(folds.value.row(here) + step, folds.value.rows(total.value) - 1));
      const line = ends.includes(here) ? folds.value.line(row) : here;
      // What is chosen grows and shrinks at the end that one is at.
      choose(more ? ends.find((end) => end !== here) ?? here : line, line);
      showLine(line);
    },
    /** Goes where the address points. */
    followHash(): void {
      const range = parseRange(location.hash);
      state.range.value = range;
      if (range !== undefined) showLine(range.first);
    },
    /** Goes to the next head that is not hidden, or the one before; round again at the end. */
    stepHead(step: Direction): void {
      const lines = [...state.heads.value.keys()].filter((line) => !state.folds.value.isHidden(line)).sort((a, b) => a - b);
      const line = lines[nextHit(lines, hereIn(state), step)];
      if (line !== undefined) showLine(line);
    },
    /** While the first hit is looked for it is gone to as soon as it is there. */
    stepHit(step: Direction): void {
      const { lines, count } = search.found.value ?? { lines: [], count: 0 };
      const index = nextHit(lines, hereIn(state), step);
      const isRound = index === (step === 1 ? 0 : lines.length - 1);
      if (isRound && lines.length < count) state.message.value = `Only the first ${formatCount(lines.length)} hits can be gone to`;
      showHit(index);
    },
    close: stopHits,
  };
}
