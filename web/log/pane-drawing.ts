import { anchorAt, placeAt, type Anchor } from './anchor.ts';
import type { Heights } from './heights.ts';
import type { LineStore } from './line-store.ts';
import { wantedLines, type PaneRows, type RowSource } from './pane-rows.ts';
import { isAtBottom, isSamePlace, type Extent, type Place } from './scroll-model.ts';
import type { Move, Scrollbar } from './scrollbar.ts';

/** What is drawn, asked for anew at each drawing. */
export interface PaneSource extends RowSource {
  store: LineStore;
  /** A line is not there yet, but will be before long. */
  expects: (line: number) => boolean;
  /** After each drawing: the line at the top, and what is in the page. */
  drawn: (top: number, lines: readonly number[], element: (line: number) => HTMLElement | undefined) => void;
  /** The end is followed from now on, or not any more. */
  followed: (following: boolean) => void;
}

/** Where a pane stands, and what it consists of. */
export interface PaneState {
  source: PaneSource;
  rows: PaneRows;
  heights: Heights;
  bar: Scrollbar;
  anchor: Anchor;
  place: Place;
  view: number;
  rowHeight: number;
  frame: number;
  following: boolean;
}

/** What there is to scroll at this moment. */
export function extentOf({ source, view, rowHeight, heights }: PaneState): Extent {
  const folds = source.folds();
  return { rows: folds.rows(source.store.total()), view, rowHeight, height: (row) => heights.of(folds.line(row)) };
}

/** Draws in the next frame. */
export function draw(state: PaneState): void {
  if (state.frame === 0) state.frame = requestAnimationFrame(() => drawNow(state));
}

/** Goes elsewhere by a key, a link or a search. */
export function go(state: PaneState, anchor: Anchor): void {
  state.anchor = anchor;
  state.place = placeAt(anchor, state.source.folds(), extentOf(state));
  state.bar.overrule();
  draw(state);
}

/** Moves from where it stands. Whoever moves to the end wants to stay there. */
export function shift(state: PaneState, move: Move, isDown: boolean): void {
  const extent = extentOf(state);
  const to = move(state.place, extent);
  if (isDown && isAtBottom(to, extent)) state.anchor = 'end';
  else if (!isSamePlace(to, state.place)) state.anchor = anchorAt(to, state.source.folds());
  state.place = to;
  draw(state);
}

/** As often as heights turn out to be others than was thought, things are put right before anybody sees them. */
const mostPasses = 3;

/** More than a screen. */
const linesAround = 60;

function drawNow(state: PaneState): void {
  state.frame = 0;
  const { source, rows, bar, anchor } = state;
  if (anchor !== 'end' && source.expects(anchor.line)) {
    // What is there already would only be passed by.
    source.store.want([anchor.line - linesAround, anchor.line + linesAround]);
    return;
  }
  const folds = source.folds();
  const extent = extentOf(state);
  const place = (): Place => placeAt(anchor, folds, extent);
  state.place = place();
  let contents = rows.show(state.place, extent);
  for (let pass = 1; pass < mostPasses && !isSamePlace(place(), state.place); pass += 1) {
    state.place = place();
    contents = rows.show(state.place, extent);
  }
  rows.put(state.place, extent);
  bar.put(state.place, extent);
  source.store.want(wantedLines(contents, source.store.total()));
  // A header may cover the row at the top, if anything is above that.
  const topRow = state.place.row === 0 ? 0 : Math.min(state.place.row + 1, extent.rows - 1);
  source.drawn(folds.line(topRow), contents.map(({ line }) => line), rows.element);
  tellFollowing(state);
}

function tellFollowing(state: PaneState): void {
  const following = state.anchor === 'end' && !state.source.store.complete();
  if (following === state.following) return;
  state.following = following;
  state.source.followed(following);
}

/** Looks anew at how much room there is, and how high rows are. */
export function resize(state: PaneState, scroller: HTMLElement, rows: HTMLElement): void {
  const lines = rows.parentElement;
  scroller.parentElement?.style.setProperty('--bar', `${scroller.offsetWidth - scroller.clientWidth}px`);
  if (lines !== null) lines.style.height = `${scroller.clientHeight}px`;
  // Lines that are not wrapped have a scrollbar of their own, below them.
  state.view = lines?.clientHeight ?? scroller.clientHeight;
  state.rowHeight = Number.parseFloat(getComputedStyle(rows).lineHeight) || state.rowHeight;
  state.heights.reset(state.rowHeight);
  state.rows.resized();
  state.bar.resized();
  draw(state);
}
