import { fromScrollTop, isAtBottom, isSamePlace, moved, scrollHeight, top, toScrollTop, type Extent, type Place } from './scroll-model.ts';

/** What the browser scrolls. Its bar stands for the place in the log; wheel and touch move that pixel by pixel. */
export interface Scrollbar {
  /** Where the log stands, and how much of it there is. */
  put(place: Place, extent: Extent): void;
  /** The place has been set by other means: what a wheel set in motion before is of no account any more. */
  overrule(): void;
  resized(): void;
  close(): void;
}

/** Where a place is moved to. */
export type Move = (place: Place, extent: Extent) => Place;

/** So long after the last movement all is at rest. */
const restMs = 120;

/**
 * @param scroller shows a part of `sizer`, which is as high as all lines, or as browsers can do.
 * @param scrolled is told how the log has been moved, and whether that is further down.
 */
export function createScrollbar(scroller: HTMLElement, sizer: HTMLElement, scrolled: (move: Move, isDown: boolean) => void): Scrollbar {
  const bar: Bar = { scroller, sizer, scrolled, at: undefined, lastTop: 0, height: 0, frame: scroller.clientHeight, rest: 0, isHeld: false, isPushed: false, isOverruled: false };
  const listening = new AbortController();
  const options = { passive: true, signal: listening.signal };
  const push = (): void => pushed(bar);
  scroller.addEventListener('scroll', () => onScroll(bar), options);
  scroller.addEventListener('wheel', push, options);
  scroller.addEventListener('touchmove', push, options);
  scroller.addEventListener('pointerdown', ({ target }) => (bar.isHeld = target === scroller), options);
  addEventListener('pointerup', () => release(bar), options);
  return {
    put: (place, extent) => put(bar, place, extent),
    overrule: () => (bar.isOverruled = bar.rest !== 0),
    resized: () => (bar.frame = scroller.clientHeight),
    close() {
      listening.abort();
      clearTimeout(bar.rest);
    },
  };
}

interface Bar {
  scroller: HTMLElement;
  sizer: HTMLElement;
  scrolled: (move: Move, isDown: boolean) => void;
  at: { place: Place; extent: Extent } | undefined;
  lastTop: number;
  /** Of all that is scrolled, in px. */
  height: number;
  /** Height of the scroller. */
  frame: number;
  /** Timer; 0 at rest. */
  rest: number;
  /** Somebody has hold of the bar. */
  isHeld: boolean;
  /** A wheel or a finger moves it. */
  isPushed: boolean;
  isOverruled: boolean;
}

function put(bar: Bar, place: Place, extent: Extent): void {
  bar.at = { place, extent };
  const room = scrollHeight(extent) - extent.view;
  const height = room + bar.frame;
  const isShorter = height < bar.height;
  if (height !== bar.height) bar.sizer.style.height = `${(bar.height = height)}px`;
  // While it moves, setting it would stop it; unless it cannot move on although the log could.
  const isStuck = (bar.lastTop <= 0 && !isSamePlace(place, top)) || (bar.lastTop >= room && !isAtBottom(place, extent));
  if (bar.rest === 0 || isShorter || (isStuck && !bar.isOverruled)) settle(bar);
}

/** The bar is put where it belongs. */
function settle(bar: Bar): void {
  if (bar.at === undefined || bar.isHeld) return;
  const scrollTop = toScrollTop(bar.at.place, bar.at.extent);
  if (Math.abs(bar.lastTop - scrollTop) < 1) return;
  bar.lastTop = scrollTop;
  bar.scroller.scrollTop = scrollTop;
}

function onScroll(bar: Bar): void {
  const { scrollTop } = bar.scroller;
  const by = scrollTop - bar.lastTop;
  if (Math.abs(by) < 1) return;
  bar.lastTop = scrollTop;
  moves(bar);
  if (bar.isOverruled) return;
  // A long way at once is a drag of the bar, by whatever means.
  const isDrag = bar.isHeld || (!bar.isPushed && Math.abs(by) > 2 * bar.frame);
  bar.scrolled((place, extent) => (isDrag ? fromScrollTop(scrollTop, extent) : moved(place, by, extent)), by > 0);
}

function pushed(bar: Bar): void {
  bar.isPushed = true;
  bar.isHeld = false;
  bar.isOverruled = false;
  moves(bar);
}

function release(bar: Bar): void {
  bar.isHeld = false;
  moves(bar);
}

function moves(bar: Bar): void {
  clearTimeout(bar.rest);
  bar.rest = window.setTimeout(() => {
    bar.rest = 0;
    bar.isPushed = false;
    bar.isOverruled = false;
    settle(bar);
  }, restMs);
}
