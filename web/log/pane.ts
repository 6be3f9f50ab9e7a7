import { holding, revealing } from './anchor.ts';
import { createHeights } from './heights.ts';
import { draw, extentOf, go, resize, shift, type PaneSource, type PaneState } from './pane-drawing.ts';
import { createPaneRows } from './pane-rows.ts';
import { moved, top } from './scroll-model.ts';
import { createScrollbar } from './scrollbar.ts';

export interface PaneParts {
  scroller: HTMLElement;
  sizer: HTMLElement;
  rows: HTMLElement;
}

/** The part of the page where lines are. */
export interface Pane {
  /** Draws in the next frame. */
  draw(): void;
  /** Heights are others: another width, wrapping, another font. */
  resized(): void;
  /** Brings a line into view, as soon as it is there. */
  reveal(line: number): void;
  /** Keeps a line where it is on the screen. */
  hold(line: number): void;
  move(pixels: number): void;
  movePages(pages: number): void;
  /** Lines that are not wrapped go on to the right. */
  across(pixels: number): void;
  toTop(): void;
  /** To the end, and on with it while it grows. */
  toBottom(): void;
  close(): void;
}

/** Makes rows of lines, and scrolls them. */
export function createPane({ scroller, sizer, rows }: PaneParts, source: PaneSource): Pane {
  const rowHeight = 20;
  const heights = createHeights(rowHeight);
  const state: PaneState = {
    source,
    heights,
    rows: createPaneRows(rows, source, heights),
    bar: createScrollbar(scroller, sizer, (move, isDown) => shift(state, move, isDown)),
    anchor: { line: 1, y: 0 },
    place: top,
    view: scroller.clientHeight,
    rowHeight,
    frame: 0,
    following: false,
  };
  function move(pixels: number): void {
    state.bar.overrule();
    shift(state, (place, extent) => moved(place, pixels, extent), pixels > 0);
  }

  return {
    draw: () => draw(state),
    resized: () => resize(state, scroller, rows),
    reveal: (line) => go(state, revealing(line, state.place, source.folds(), extentOf(state))),
    hold: (line) => go(state, holding(line, state.place, source.folds(), extentOf(state))),
    move,
    // What was read last is still seen.
    movePages: (pages) => move(pages * (state.view - 2 * state.rowHeight)),
    across: (pixels) => rows.parentElement?.scrollBy(pixels, 0),
    toTop: () => go(state, { line: 1, y: 0 }),
    toBottom: () => go(state, 'end'),
    close() {
      cancelAnimationFrame(state.frame);
      state.bar.close();
      state.rows.clear();
    },
  };
}
